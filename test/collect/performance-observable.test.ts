import { expect, test } from 'vitest';
import { observePerformance } from '../../src/collect/index.js';
import { detectEnvironment } from '../../src/core/index.js';

test('entries from before the subscription come too, and none after it ended', async () => {
  performance.mark('before');
  const names: string[] = [];
  const watch = observePerformance('mark', detectEnvironment()).subscribe((entry) => names.push(entry.name));
  await expect.poll(() => names).toContain('before');
  performance.mark('during');
  await expect.poll(() => names).toContain('during');
  watch.unsubscribe();
  performance.mark('after');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(names).not.toContain('after');
  performance.clearMarks();
});

test.each([
  ['a type that no browser has', 'poise-nonsense', detectEnvironment()],
  ['a place without PerformanceObserver', 'mark', { PerformanceObserver: undefined }],
])('%s: the stream completes at once', (_what, type, environment) => {
  let completed = false;
  observePerformance(type, environment).subscribe({ complete: () => (completed = true) });
  expect(completed).toBe(true);
});
