import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { disposeSymbol } from '../../src/core/index.js';
import { ResourceCleaner, ResourceHandle, ResourceManager } from '../../src/resources/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

// React's first root leaves a listener of its own on the document for good; have it there before the tests begin.
createRoot(document.createElement('div')).unmount();

/** A view whose effect registers a timer and a channel under fixed ids, and ends them with itself. */
function View({ manager, log }: { manager: ResourceManager; log: string[] }) {
  useEffect(() => {
    manager.start();
    const scope = manager.scope('view');
    scope.register('poll', 'network', ResourceHandle.interval(setInterval(() => log.push('tick'), 5)));
    scope.register('channel', 'network', new BroadcastChannel('strict-mode'));
    log.push('mounted');
    return () => {
      scope.dispose();
      log.push('unmounted');
    };
  }, [manager, log]);
  return null;
}

test("React StrictMode's double mount leaves one of each, and unmounting none", async () => {
  const manager = new ResourceManager();
  const log: string[] = [];
  const root = createRoot(document.createElement('div'));
  root.render(
    <StrictMode>
      <View manager={manager} log={log} />
    </StrictMode>,
  );
  await vi.waitFor(() => expect(log.filter((line) => line !== 'tick')).toEqual(['mounted', 'unmounted', 'mounted']));
  expect(manager.stats).toMatchObject({ registered: 4, active: 2, cleaned: 2, failed: 0 });
  await vi.waitFor(() => expect(log).toContain('tick'));
  root.unmount();
  await vi.waitFor(() => expect(log.at(-1)).toBe('unmounted'));
  const before = log.length;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(log.length).toBe(before);
  expect(manager.stats).toMatchObject({ active: 0, cleaned: 4 });
  manager[disposeSymbol]();
});

test.each([
  ['a manager', (clock: VirtualClock) => new ResourceManager({}, { clock, environment: withoutIdle(clock) })],
  ['a cleaner', (clock: VirtualClock) => new ResourceCleaner({}, { clock, manager: new ResourceManager() })],
])('%s that is started again and again runs once, and stops whole', (_, make) => {
  const clock = new VirtualClock();
  const part = make(clock);
  part.start();
  const once = clock.waiting;
  expect(once).toBeGreaterThan(0);
  part.start();
  expect(clock.waiting).toBe(once);
  part.stop();
  part.stop();
  expect(clock.waiting).toBe(0);
  part.start();
  expect(clock.waiting).toBe(once);
  part[disposeSymbol]();
  part.start();
  expect(clock.waiting).toBe(0);
});

/** Idle time comes by the virtual clock's timers as well, so that they can be counted. */
function withoutIdle({ environment }: VirtualClock) {
  return { ...environment, requestIdleCallback: undefined };
}

test('hot reload: the new module registers under the old one’s ids once that was disposed', () => {
  const shared = new ResourceManager();
  const ended: number[] = [];
  const load = (version: number) => {
    const scope = shared.scope('module');
    scope.register(
      'cache',
      'cache',
      ResourceHandle.teardown(() => ended.push(version)),
    );
    return scope;
  };
  let running = load(1);
  for (const version of [2, 3]) {
    running.dispose();
    running = load(version);
  }
  expect(ended).toEqual([1, 2]);
  expect(shared.stats.active).toBe(1);
  shared[disposeSymbol]();
  expect(ended).toEqual([1, 2, 3]);
});
