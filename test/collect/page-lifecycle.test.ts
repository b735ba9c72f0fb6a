import { expect, test } from 'vitest';
import { observePageLifecycle, observePressure, observeSoftNavigations } from '../../src/collect/index.js';
import { detectEnvironment, disposeSymbol } from '../../src/core/index.js';
import { openFrame } from './frame-page.js';

test('the state comes at once; a frame that is taken out is terminated', async () => {
  const page = await openFrame();
  const changes: string[] = [];
  const watch = observePageLifecycle({ environment: page.environment }).subscribe(({ state, previous }) =>
    changes.push(`${previous} to ${state}`),
  );
  expect(changes).toHaveLength(1);
  expect(changes[0]).toMatch(/^undefined to (active|passive|hidden)$/);
  page[disposeSymbol]();
  expect(changes.at(-1)).toMatch(/ to terminated$/);
  const told = changes.length;
  watch.unsubscribe();
  page.document.dispatchEvent(new Event('visibilitychange'));
  expect(changes).toHaveLength(told);
});

test('each state is told once', async () => {
  const page = await openFrame();
  const states: string[] = [];
  const watch = observePageLifecycle({ environment: page.environment }).subscribe(({ state }) => states.push(state));
  for (let i = 0; i < 5; i++) page.document.dispatchEvent(new Event('visibilitychange'));
  page.document.dispatchEvent(new Event('freeze'));
  page.document.dispatchEvent(new Event('freeze'));
  page.document.dispatchEvent(new Event('resume'));
  watch.unsubscribe();
  page[disposeSymbol]();
  expect(states).toEqual([states[0], 'frozen', states[0]]);
});

test('where a source is missing its stream completes', () => {
  const without = { ...detectEnvironment(), document: undefined, PressureObserver: undefined };
  const completed: string[] = [];
  observePageLifecycle({ environment: without }).subscribe({ complete: () => completed.push('lifecycle') });
  observePressure({ environment: without }).subscribe({ complete: () => completed.push('pressure') });
  observeSoftNavigations({ ...without, PerformanceObserver: undefined }).subscribe({
    complete: () => completed.push('soft navigations'),
  });
  expect(completed).toEqual(['lifecycle', 'pressure', 'soft navigations']);
});
