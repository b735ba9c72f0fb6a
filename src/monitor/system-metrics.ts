import { BYTES_PER_MB, type EpochMs } from '../core/units.js';
import type { StorageTraffic } from '../storage/index.js';
import type { PerformanceStats } from './performance-stats.js';

/**
 * Processor, memory, disk and network (seed 003: PerformanceMetrics). A page sees only a part of its machine; what it
 * can't see is `undefined`.
 */
export interface SystemMetrics {
  readonly timestamp: EpochMs;
  /** The share of the last ten seconds that frames or tasks over 50 ms took; the browser tells a page no more. */
  readonly cpuPercent: number | undefined;
  /** The heap, of its limit. */
  readonly memoryPercent: number | undefined;
  /** The heap. */
  readonly memoryMb: number | undefined;
  /** What poise itself has read from and written to IndexedDB. */
  readonly diskReadMb: number;
  readonly diskWriteMb: number;
  /** What the page has received, as far as Resource Timing tells: not from other origins without Timing-Allow-Origin. */
  readonly networkRxMb: number | undefined;
  /** What the page has sent in fetch and XMLHttpRequest bodies; needs `collect.network`. */
  readonly networkTxMb: number | undefined;
}

const inMb = (bytes: number): number => bytes / BYTES_PER_MB;
const maybeInMb = (bytes: number | undefined): number | undefined => (bytes === undefined ? undefined : inMb(bytes));

export function systemMetricsOf({ at, page }: PerformanceStats, traffic: StorageTraffic): SystemMetrics {
  const heap = page.heap?.latest;
  return {
    timestamp: at,
    cpuPercent: page.longFrames?.busyPercent,
    memoryPercent: heap?.limitBytes ? (100 * heap.usedBytes) / heap.limitBytes : undefined,
    memoryMb: maybeInMb(heap?.usedBytes),
    diskReadMb: inMb(traffic.bytesRead),
    diskWriteMb: inMb(traffic.bytesWritten),
    networkRxMb: maybeInMb(page.resourceTiming?.transferredBytes),
    networkTxMb: maybeInMb(page.network?.sentBytes),
  };
}
