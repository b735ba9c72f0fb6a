import { expect, test } from 'vitest';
import { detectEnvironment, SystemClock } from '../../src/core/index.js';
import { isInputPending, observeVisibility, whenIdle, yieldToMain } from '../../src/core/scheduling.js';
import { hidePage, showPage } from '../support/visibility.js';

test('yielding lets the page be drawn, which promises alone do not', async () => {
  let drawn = false;
  const frame = requestAnimationFrame(() => {
    drawn = true;
  });
  const end = performance.now() + 2_000;
  for (let i = 0; i < 1_000; i++) await Promise.resolve();
  expect(drawn).toBe(false);
  while (!drawn && performance.now() < end) await yieldToMain();
  expect(drawn).toBe(true);
  cancelAnimationFrame(frame);
});

test('input that waits is told of, or not, but never by an error', () => {
  expect(isInputPending()).toBe(false);
});

test('idle work runs, with the browser idle callback and without, and not when cancelled', async () => {
  const clock = new SystemClock();
  const environment = detectEnvironment();
  const ran: string[] = [];
  whenIdle(() => ran.push('idle'), 1_000, clock, environment);
  whenIdle(() => ran.push('timer'), 10, clock, { ...environment, requestIdleCallback: undefined });
  whenIdle(() => ran.push('cancelled'), 10, clock, environment)();
  await expect.poll(() => ran.toSorted(), { timeout: 3_000 }).toEqual(['idle', 'timer']);
});

test('visibility is told at once and at each change', async () => {
  const seen: boolean[] = [];
  const watch = observeVisibility(document).subscribe((visible) => seen.push(visible));
  await hidePage();
  await showPage();
  expect(seen).toEqual([true, false, true]);
  watch.unsubscribe();
});

test('where there is no document, nothing is hidden', () => {
  const seen: boolean[] = [];
  observeVisibility(undefined).subscribe((visible) => seen.push(visible));
  expect(seen).toEqual([true]);
});
