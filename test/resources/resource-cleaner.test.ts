import { expect, test } from 'vitest';
import { ConfigError, disposeSymbol } from '../../src/core/index.js';
import { ResourceCleaner, ResourceHandle, ResourceManager } from '../../src/resources/index.js';

test('the seed defaults stand', () => {
  expect(new ResourceCleaner().config).toEqual({
    cleanupIntervalMs: 300_000,
    resourceTimeoutMs: 3_600_000,
    maxResources: 100,
  });
});

test.each([
  [{ maxResources: 0 }, 'maxResources'],
  [{ resourceTimeoutMs: -1 }, 'resourceTimeoutMs'],
  [{ timeoutMs: 1 }, 'timeoutMs'],
])('bad options %o are named', (config, option) => {
  const make = () => Reflect.construct(ResourceCleaner, [config]);
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(option);
});

test('cleanupByType ends one type', async () => {
  const cleaner = new ResourceCleaner();
  const ended: string[] = [];
  cleaner.register(
    'socket',
    'network',
    ResourceHandle.teardown(() => ended.push('socket')),
  );
  cleaner.register(
    'worker',
    'thread',
    ResourceHandle.teardown(() => ended.push('worker')),
  );
  expect(await cleaner.cleanupByType('network')).toBe(1);
  expect(ended).toEqual(['socket']);
  cleaner[disposeSymbol]();
  expect(ended).toEqual(['socket', 'worker']);
});

test('a manager that was handed in goes on after the cleaner', () => {
  const manager = new ResourceManager();
  const cleaner = new ResourceCleaner({}, { manager });
  cleaner.register(
    'a',
    'memory',
    ResourceHandle.teardown(() => undefined),
  );
  let completed = false;
  cleaner.stats$.subscribe({
    complete: () => {
      completed = true;
    },
  });
  cleaner.start();
  cleaner[disposeSymbol]();
  cleaner.start();
  expect(completed).toBe(true);
  expect(cleaner.stats.running).toBe(false);
  expect(manager.stats.active).toBe(1);
  manager[disposeSymbol]();
});
