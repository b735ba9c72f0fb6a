import { Severity } from '../../core/severity.js';
import * as format from '../ui/format.js';
import type { FindingRule } from './finding.js';

/** Memory that is nearly full. */
export const memoryPressure: FindingRule = ({ source: { memory } }) => {
  const stats = memory?.stats;
  if (!stats || (stats.pressure !== 'serious' && stats.pressure !== 'critical')) return undefined;
  return {
    severity: stats.pressure === 'critical' ? Severity.ERROR : Severity.WARNING,
    title: `Memory is scarce: entries take ${format.bytes(stats.bytes)} of ${format.bytes(stats.maxBytes)}${stats.heap ? `, the heap ${format.bytes(stats.heap.usedBytes)}` : ''}.`,
    blame: undefined,
    recommendation: 'Lower maxEntries or maxBodySize, or give memory back now.',
    panel: 'memory',
  };
};
