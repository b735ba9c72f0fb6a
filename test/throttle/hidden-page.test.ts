import { expect, test } from 'vitest';
import { disposeSymbol } from '../../src/core/index.js';
import { BatchUpdateThrottler, UpdateThrottler } from '../../src/throttle/index.js';
import { hidePage, showPage } from '../support/visibility.js';

test('updates land while the page is hidden, and in frames again when it is back', async () => {
  const throttler = new UpdateThrottler();
  throttler.start();
  const seen: string[] = [];
  throttler.requestUpdate(() => seen.push('seen'), { key: 'k' });
  await expect.poll(() => seen).toEqual(['seen']);

  await hidePage();
  for (let n = 0; n < 100; n++) throttler.requestUpdate(() => seen.push(`hidden ${n}`), { key: 'k' });
  await expect.poll(() => seen, { timeout: 5_000 }).toEqual(['seen', 'hidden 99']);

  throttler.requestUpdate(() => seen.push('back'), { key: 'k' });
  await showPage();
  await expect.poll(() => seen).toEqual(['seen', 'hidden 99', 'back']);
  throttler[disposeSymbol]();
});

test('a batch that waits goes when the page is hidden', async () => {
  const batches = new BatchUpdateThrottler<number>({ batchTimeoutMs: 60_000 });
  const reasons: string[] = [];
  batches.setBatchProcessor((_items, reason) => reasons.push(reason));
  batches.add(1);
  await hidePage();
  await expect.poll(() => reasons).toEqual(['hidden']);
  await showPage();
  batches.stop();
});
