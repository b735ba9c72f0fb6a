import type { Environment } from '../../core/environment.js';
import type { Bytes } from '../../core/units.js';

/** https://developer.mozilla.org/en-US/docs/Web/API/Performance/memory (Chromium) */
interface MemoryPerformance extends Performance {
  readonly memory?: { readonly usedJSHeapSize: Bytes };
}

/**
 * Chromium rounds the heap's size to three digits, and looks at it every 20 minutes only, unless the page is
 * cross-origin isolated or the browser was started for measuring. From 10 MB on all such figures are whole multiples
 * of this; a difference of two of them says nothing.
 */
const COARSE: Bytes = 100_000;

/** The exact size of the JS heap; `undefined` where the browser has none, or a rounded one. Takes about 5 µs. */
export function readExactHeap({ performance }: Pick<Environment, 'performance'>): Bytes | undefined {
  const withMemory: MemoryPerformance | undefined = performance;
  const used = withMemory?.memory?.usedJSHeapSize;
  return used === undefined || used % COARSE === 0 ? undefined : used;
}

/** What was added between two readings; `undefined` when something was collected in between. */
export function heapGrowth(before: Bytes | undefined, after: Bytes | undefined): Bytes | undefined {
  if (before === undefined || after === undefined || after < before) return undefined;
  return after - before;
}
