import { expect, test } from 'vitest';

test('the test page is cross-origin isolated', () => {
  expect(window.crossOriginIsolated).toBe(true);
});
