import { expect, test } from 'vitest';
import { asyncDisposeSymbol, disposeSymbol } from '../../src/core/index.js';
import { type ResourceError, ResourceHandle, ResourceManager } from '../../src/resources/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

function setUp() {
  const clock = new VirtualClock();
  const manager = new ResourceManager({ cleanupTimeoutMs: 1_000 }, { clock, environment: clock.environment });
  const errors: ResourceError[] = [];
  manager.errors$.subscribe((error) => errors.push(error));
  return { clock, manager, errors };
}

const failures: [string, () => unknown][] = [
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no'))],
  // biome-ignore lint/suspicious/noThenProperty: a promise of another library's is what is tested
  ['rejects by a thenable', () => ({ then: (_: unknown, reject: (cause: Error) => void) => reject(new Error('no')) })],
];

test.each(failures)('a clean-up that %s is counted, tried once more and reported', async (_, fail) => {
  const { manager, errors } = setUp();
  let ended = 0;
  const bad = manager.register('bad', 'network', ResourceHandle.teardown(fail));
  manager.register(
    'good',
    'network',
    ResourceHandle.teardown(() => ended++),
  );
  expect(await manager.cleanup()).toBe(1);
  expect(ended).toBe(1);
  expect(bad.status).toBe('error');
  expect(manager.list()).toEqual([bad]);
  expect(manager.stats).toMatchObject({ failed: 1, retrying: 1, cleaned: 1, givenUp: 0 });

  expect(await manager.sweep()).toMatchObject({ retried: 1, cleaned: 0 });
  expect(manager.stats).toMatchObject({ failed: 2, retrying: 0, givenUp: 1, active: 0 });
  expect(manager.list()).toEqual([]);
  expect(await manager.sweep()).toMatchObject({ retried: 0 });
  expect(errors.map(({ code, id }) => [code, id])).toEqual(Array(2).fill(['POISE_RESOURCE_CLEANUP_FAILED', 'bad']));
  expect(errors[0]?.cause).toEqual(new Error('no'));
  expect(bad.error).toBe(errors[1]);
  expect(manager.getReport().failures.map(({ attempt }) => attempt)).toEqual([1, 2]);
});

test('the second try may succeed', async () => {
  const { manager } = setUp();
  let tries = 0;
  const flaky = () => (++tries === 1 ? Promise.reject(new Error('busy')) : undefined);
  const resource = manager.register('flaky', 'file', ResourceHandle.teardown(flaky), { sizeBytes: 7 });
  expect(await manager.cleanup()).toBe(0);
  expect(await manager.cleanup('file')).toBe(1);
  expect(resource.status).toBe('cleaned');
  expect(manager.stats).toMatchObject({ failed: 1, cleaned: 1, retrying: 0, bytesFreed: 7 });
});

test('an id whose clean-up failed can be used again', async () => {
  const { manager } = setUp();
  let tries = 0;
  manager.register(
    'socket',
    'network',
    ResourceHandle.teardown(() => Promise.reject(++tries)),
  );
  await manager.cleanup();
  const second = manager.register(
    'socket',
    'network',
    ResourceHandle.teardown(() => undefined),
  );
  await manager.sweep();
  expect(tries).toBe(2);
  expect(second.status).toBe('active');
});

test('a clean-up that never settles times out and is not tried again', async () => {
  const { clock, manager, errors } = setUp();
  const resource = manager.register(
    'stuck',
    'network',
    ResourceHandle.teardown(() => new Promise(() => undefined)),
  );
  const cleaning = manager.cleanup();
  clock.advance(999);
  expect(manager.stats).toMatchObject({ ending: 1, failed: 0 });
  clock.advance(1);
  expect(await cleaning).toBe(0);
  expect(manager.stats).toMatchObject({ ending: 0, failed: 1, timedOut: 1, givenUp: 1, retrying: 0 });
  expect(resource.status).toBe('error');
  expect(errors.map(({ code }) => code)).toEqual(['POISE_RESOURCE_CLEANUP_TIMEOUT']);
  expect(errors[0]?.message).toMatch(/'stuck'.*1000 ms/);
});

test('what settles after its time-out changes nothing', async () => {
  const { clock, manager } = setUp();
  let reject: (cause: Error) => void = () => undefined;
  const late = new Promise((_, settle) => {
    reject = settle;
  });
  manager.register(
    'late',
    'network',
    ResourceHandle.teardown(() => late),
  );
  const cleaning = manager.cleanup();
  clock.advance(1_000);
  await cleaning;
  reject(new Error('late'));
  await Promise.resolve();
  expect(manager.stats).toMatchObject({ failed: 1, timedOut: 1, givenUp: 1 });
});

test('dispose ends the rest, and leaves no timer behind', () => {
  const { clock, manager } = setUp();
  let ended = 0;
  manager.start();
  manager.register(
    'first',
    'memory',
    ResourceHandle.teardown(() => ended++),
  );
  manager.register(
    'stuck',
    'memory',
    ResourceHandle.teardown(() => new Promise(() => undefined)),
  );
  manager.register('bad', 'memory', ResourceHandle.teardown(failures[0]?.[1] ?? (() => undefined)));
  expect(() => manager[disposeSymbol]()).not.toThrow();
  expect(ended).toBe(1);
  expect(clock.waiting).toBe(0);
  expect(manager.stats).toMatchObject({ active: 0, cleaned: 1, failed: 1, givenUp: 1, ending: 1 });
});

test('asynchronous dispose waits, and tries failures once more', async () => {
  const { manager } = setUp();
  let tries = 0;
  const flaky = () => (++tries === 1 ? Promise.reject(new Error('busy')) : Promise.resolve());
  manager.register('flaky', 'memory', ResourceHandle.teardown(flaky));
  await manager[asyncDisposeSymbol]();
  expect(tries).toBe(2);
  expect(manager.stats).toMatchObject({ active: 0, cleaned: 1, failed: 1, retrying: 0 });
});
