import { expect, test } from 'vitest';
import { ConfigError, disposeSymbol } from '../../src/core/index.js';
import { ResourceError, ResourceHandle, ResourceManager, type ResourceStats } from '../../src/resources/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

function setUp() {
  const clock = new VirtualClock();
  const manager = new ResourceManager({}, { clock, environment: clock.environment });
  return { clock, manager };
}

const teardown = (run: () => unknown = () => undefined) => ResourceHandle.teardown(run);

test('the seed defaults stand', () => {
  expect(new ResourceManager().config).toEqual({
    maxTempSizeBytes: 104_857_600,
    cleanupIntervalMs: 300_000,
    autoCleanup: true,
    cleanupTimeoutMs: 10_000,
  });
});

test.each([
  [{ cleanupIntervalMs: 0 }, 'cleanupIntervalMs'],
  [{ maxTempSizeBytes: -1 }, 'maxTempSizeBytes'],
  [{ autoCleanup: 'yes' }, 'autoCleanup'],
  [{ cleanUpIntervalMs: 5 }, 'cleanUpIntervalMs'],
])('bad options %o are named', (config, option) => {
  const make = () => Reflect.construct(ResourceManager, [config]);
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(option);
});

test.each([
  ['an unknown type', ['id', 'socket', teardown()], 'POISE_RESOURCE_TYPE', /"socket".*file, directory, memory/],
  ['no object', ['id', 'memory', undefined], 'POISE_RESOURCE_MISSING', /'id'.*undefined/],
  ['null', ['id', 'memory', null], 'POISE_RESOURCE_MISSING', /'id'.*null/],
  ['a bare timer id', ['id', 'memory', 42], 'POISE_RESOURCE_MISSING', /ResourceHandle.*42/],
  ['an object that poise does not know', ['id', 'memory', {}], 'POISE_RESOURCE_NO_CLEANUP', /cleanup/],
  ['an id in use', ['taken', 'memory', teardown()], 'POISE_RESOURCE_DUPLICATE', /'taken'/],
  ['an empty id', ['', 'memory', teardown()], 'POISE_CONFIG', /id/],
  ['a bad size', ['id', 'memory', teardown(), { sizeBytes: -1 }], 'POISE_CONFIG', /sizeBytes/],
  ['a bad time-out', ['id', 'memory', teardown(), { timeoutMs: 0 }], 'POISE_CONFIG', /timeoutMs/],
  ['an unknown option', ['id', 'memory', teardown(), { onClean: teardown }], 'POISE_CONFIG', /onClean/],
])('%s gets a clear error, and nothing is registered', (_, args, code, message) => {
  const { manager } = setUp();
  manager.register('taken', 'memory', teardown());
  const register = () => Reflect.apply(manager.register, manager, args);
  expect(register).toThrow(expect.objectContaining({ code }));
  expect(register).toThrow(message);
  expect(manager.stats.registered).toBe(1);
});

test('list and cleanup refuse an unknown type', async () => {
  const { manager } = setUp();
  expect(() => Reflect.apply(manager.list, manager, ['socket'])).toThrow(ResourceError);
  await expect(Reflect.apply(manager.cleanup, manager, ['socket'])).rejects.toThrow(ResourceError);
});

test('an id is free again as soon as its resource is ending', async () => {
  const { manager } = setUp();
  let finish = () => undefined;
  const slow = new Promise<void>((resolve) => {
    finish = () => void resolve();
  });
  manager.register(
    'socket',
    'network',
    teardown(() => slow),
  );
  const first = manager.cleanup();
  manager.register('socket', 'network', teardown());
  expect(manager.stats).toMatchObject({ active: 1, ending: 1 });
  finish();
  expect(await first).toBe(1);
  expect(manager.stats).toMatchObject({ active: 1, ending: 0, cleaned: 1 });
});

test('get is an access, list and deref are not', () => {
  const { clock, manager } = setUp();
  const handle = teardown();
  const resource = manager.register('a', 'memory', handle, { metadata: { view: 'orders' }, sizeBytes: 5 });
  clock.advance(100);
  expect(manager.list()).toEqual([resource]);
  expect(resource.deref()).toBe(handle);
  expect(resource.lastAccessedAt).toBe(resource.createdAt);
  expect(manager.get('a')).toBe(resource);
  expect(resource.lastAccessedAt).toBe(resource.createdAt + 100);
  expect(resource).toMatchObject({ metadata: { view: 'orders' }, sizeBytes: 5, status: 'active', type: 'memory' });
  expect(manager.get('b')).toBeUndefined();
});

test('unregister lets go without ending', async () => {
  const { manager } = setUp();
  let ended = 0;
  const resource = manager.register(
    'a',
    'memory',
    teardown(() => ended++),
  );
  expect(manager.unregister('a')).toBe(true);
  expect(manager.unregister('a')).toBe(false);
  expect(await manager.cleanup()).toBe(0);
  expect(ended).toBe(0);
  expect(resource.status).toBe('inactive');
  expect(resource.deref()).toBeUndefined();
});

test('cleanup ends one type or all, the newest first, and counts', async () => {
  const { manager } = setUp();
  const ended: string[] = [];
  const add = (id: string, type: 'network' | 'memory') =>
    manager.register(
      id,
      type,
      teardown(() => ended.push(id)),
      { sizeBytes: 10 },
    );
  add('a', 'network');
  add('b', 'memory');
  add('c', 'network');
  expect(manager.stats.activeByType).toMatchObject({ network: 2, memory: 1, file: 0 });
  expect(await manager.cleanup('network')).toBe(2);
  expect(ended).toEqual(['c', 'a']);
  expect(manager.list().map(({ id }) => id)).toEqual(['b']);
  expect(await manager.cleanup()).toBe(1);
  expect(manager.stats).toMatchObject({ active: 0, cleaned: 3, bytesFreed: 30, bytesHeld: 0 });
});

test('every clean-up has started when cleanup returns', () => {
  const { manager } = setUp();
  let ended = 0;
  for (let n = 0; n < 1_000; n++)
    manager.register(
      `r${n}`,
      'memory',
      teardown(() => ended++),
    );
  void manager.cleanup();
  expect(ended).toBe(1_000);
});

test('the report names the least recently used and the failures', async () => {
  const { clock, manager } = setUp();
  for (let n = 0; n < 12; n++) {
    manager.register(`r${n}`, 'memory', teardown(), n % 2 ? { timeoutMs: 5_000 } : {});
    clock.advance(1);
  }
  manager.get('r0');
  manager.register(
    'bad',
    'cache',
    teardown(() => Promise.reject(new Error('no'))),
  );
  await manager.cleanup('cache');
  const report = manager.getReport();
  expect(report.leastRecentlyUsed.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `r${n}`));
  expect(report.failures).toMatchObject([{ id: 'bad', kind: 'teardown', attempt: 1 }]);
  expect(report.stats).toEqual(manager.stats);
});

test('stats$ starts with the newest and completes on dispose; a registration after it is refused', () => {
  const { clock, manager } = setUp();
  const seen: ResourceStats[] = [];
  let completed = 0;
  manager.stats$.subscribe({ next: (stats) => seen.push(stats), complete: () => completed++ });
  manager.errors$.subscribe({ complete: () => completed++ });
  expect(seen.length).toBe(1);
  let ended = 0;
  manager.register(
    'a',
    'memory',
    teardown(() => ended++),
  );
  clock.advance(100);
  expect(seen.at(-1)?.active).toBe(1);
  manager[disposeSymbol]();
  manager[disposeSymbol]();
  expect(ended).toBe(1);
  expect(seen.at(-1)).toMatchObject({ active: 0, cleaned: 1 });
  expect(completed).toBe(2);
  expect(() => manager.register('b', 'memory', teardown())).toThrow(
    expect.objectContaining({ code: 'POISE_RESOURCE_DISPOSED' }),
  );
});

test.each([
  ['nominal', []],
  ['fair', ['old']],
  ['critical', ['old', 'cache']],
] as const)('under %s pressure it gives back %j', async (level, expected) => {
  const { clock, manager } = setUp();
  const ended: string[] = [];
  manager.register(
    'old',
    'network',
    teardown(() => ended.push('old')),
    { timeoutMs: 10, sizeBytes: 1 },
  );
  manager.register(
    'cache',
    'cache',
    teardown(() => ended.push('cache')),
    { sizeBytes: 2 },
  );
  manager.register(
    'socket',
    'network',
    teardown(() => ended.push('socket')),
    { sizeBytes: 4 },
  );
  clock.advance(20);
  const release = await manager.releaseMemory(level);
  expect(ended).toEqual(expected);
  expect(release.items).toBe(expected.length);
});
