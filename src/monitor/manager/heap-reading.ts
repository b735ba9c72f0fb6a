import type { Environment } from '../../core/environment.js';
import type { Bytes } from '../../core/units.js';

/**
 * Chromium rounds the heap's size to three digits, and looks at it every 20 minutes only, unless the page is
 * cross-origin isolated or the browser was started for measuring. From 10 MB on all such figures are whole multiples
 * of this; a difference of two of them says nothing.
 */
const COARSE: Bytes = 100_000;

/**
 * Reads the exact size of the JS heap, in 5 to 10 µs; `undefined` where the browser has none, or a rounded one, of which
 * the first reading tells for good.
 */
export function exactHeapReader({ performance }: Pick<Environment, 'performance'>): () => Bytes | undefined {
  let source = performance;
  return () => {
    const used = source?.memory?.usedJSHeapSize;
    if (used !== undefined && used % COARSE !== 0) return used;
    source = undefined;
    return undefined;
  };
}

/** What was added between two readings; `undefined` when something was collected in between. */
export function heapGrowth(before: Bytes | undefined, after: Bytes | undefined): Bytes | undefined {
  if (before === undefined || after === undefined || after < before) return undefined;
  return after - before;
}
