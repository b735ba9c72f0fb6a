export { evaluationBegan } from './evaluation.js';

import { type MetricWithAttribution, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution';

/** The newest of each. */
const vitals = new Map<string, MetricWithAttribution>();

/** Not a peer, but what all of them would have at least. */
export function start(): void {
  for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB])
    on((metric: MetricWithAttribution) => vitals.set(metric.name, metric));
}
