import type { Environment } from '../../core/environment.js';
import type { MonotonicMs } from '../../core/units.js';
import type { OperationMetrics } from './operation-metrics.js';

/** How the entries of a measured operation are called in the browser's tools. */
const measureName = ({ componentId, operation }: Pick<OperationMetrics, 'componentId' | 'operation'>): string =>
  `poise:${componentId}:${operation}`;

/**
 * Tells the browser's tools of a run (https://w3c.github.io/user-timing/), where Chromium's show it in a track 'poise'
 * (https://developer.chrome.com/docs/devtools/performance/extension). The entry reaches every observer and trace,
 * and is then taken out of the page's buffer, which has no bound of its own.
 */
export function tellUserTiming(
  metrics: OperationMetrics,
  start: MonotonicMs,
  end: MonotonicMs,
  { performance }: Pick<Environment, 'performance'>,
): void {
  if (!performance?.measure) return;
  const name = measureName(metrics);
  const { componentId, operation, failed, errorName, async } = metrics;
  const properties = [
    ['component', componentId],
    ['operation', operation],
    ['kind', async ? 'async' : 'sync'],
    ['outcome', failed ? `failed: ${errorName}` : 'ok'],
  ];
  const color = failed ? 'error' : 'primary';
  const devtools = { dataType: 'track-entry', track: 'poise', color, properties };
  performance.measure(name, { start, end, detail: { devtools } });
  performance.clearMeasures(name);
}
