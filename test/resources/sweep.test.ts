import { expect, test } from 'vitest';
import { SystemClock } from '../../src/core/index.js';
import { ResourceCleaner, ResourceHandle, ResourceManager } from '../../src/resources/index.js';
import { fc } from '../support/properties.js';
import { VirtualClock } from '../support/virtual-clock.js';

/** A virtual clock that lets queued work run in real microtasks, so that a sweep gets from slice to slice. */
class SlicedClock extends VirtualClock {
  override afterTask(callback: () => void): void {
    queueMicrotask(callback);
  }
}

function setUp() {
  const clock = new SlicedClock();
  const manager = new ResourceManager({}, { clock, environment: clock.environment });
  const ended: string[] = [];
  const add = (id: string, timeoutMs?: number) =>
    manager.register(
      id,
      'memory',
      ResourceHandle.teardown(() => ended.push(id)),
      { timeoutMs },
    );
  return { clock, manager, ended, add };
}

test('what outlived its time since the last access ends, the longest overdue first', async () => {
  const { clock, manager, ended, add } = setUp();
  add('long', 500);
  add('default');
  add('used', 100);
  add('short', 50);
  add('shorter', 20);
  clock.advance(90);
  manager.get('used');
  clock.advance(60);
  expect(await manager.sweep({ resourceTimeoutMs: 200 })).toMatchObject({ expired: 2, cleaned: 2, evicted: 0 });
  expect(ended).toEqual(['shorter', 'short']);
  clock.advance(50);
  await manager.sweep({ resourceTimeoutMs: 200 });
  expect(ended).toEqual(['shorter', 'short', 'used', 'default']);
  clock.advance(10_000);
  await manager.sweep();
  expect(ended.at(-1)).toBe('long');
});

test('over the limit the least recently used end, after the expired', async () => {
  const { clock, manager, ended, add } = setUp();
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    add(id, id === 'b' || id === 'e' ? 10_000 : undefined);
    clock.advance(1);
  }
  add('gone', 5);
  clock.advance(10);
  manager.get('a');
  expect(await manager.sweep({ maxResources: 3 })).toMatchObject({ expired: 1, evicted: 2 });
  expect(ended).toEqual(['gone', 'b', 'c']);
});

test('clean-ups may register, unregister, use and end others while a sweep runs', async () => {
  const { clock, manager, ended, add } = setUp();
  for (const n of [1, 2, 3, 4, 5]) add(`old ${n}`, 20);
  add('withdrawn', 30);
  add('touched', 30);
  manager.register(
    'busy',
    'network',
    ResourceHandle.teardown(() => {
      manager.unregister('withdrawn');
      manager.get('touched');
      add('busy', 10);
      void manager.cleanup('thread');
    }),
    { timeoutMs: 10 },
  );
  let workers = 0;
  manager.register(
    'worker',
    'thread',
    ResourceHandle.teardown(() => workers++),
  );
  clock.advance(100);
  await manager.sweep();
  expect(ended.sort()).toEqual(['old 1', 'old 2', 'old 3', 'old 4', 'old 5']);
  expect(workers).toBe(1);
  expect(manager.list().map(({ id }) => id)).toEqual(['touched', 'busy']);
});

test('a clean-up that registers itself again does not keep a sweep going', async () => {
  const { clock, manager } = setUp();
  let ended = 0;
  const again = (): void => {
    ended++;
    manager.register(`again ${ended}`, 'memory', ResourceHandle.teardown(again), { timeoutMs: 1 });
  };
  for (let n = 0; n < 3; n++) again();
  expect(await manager.sweep({ maxResources: 1 })).toMatchObject({ evicted: 2 });
  clock.advance(1);
  expect(await manager.sweep()).toMatchObject({ expired: 3 });
});

test('a sweep is cut into slices, and the page has its turn between them', async () => {
  const { clock, manager } = setUp();
  for (let n = 0; n < 100; n++) {
    manager.register(
      `r${n}`,
      'memory',
      ResourceHandle.teardown(() => clock.spend(0.1)),
      { timeoutMs: 1 },
    );
  }
  clock.advance(1);
  const result = await manager.sweep();
  expect(result).toMatchObject({ expired: 100 });
  expect(result.slices).toBeGreaterThanOrEqual(20);
  expect(result.longestSliceMs).toBeLessThan(0.6);
});

test('a sweep over 100,000 looks at those that are due, and at no others', async () => {
  let readings = 0;
  class CountingClock extends SystemClock {
    override now(): number {
      readings++;
      return super.now();
    }
  }
  const clock = new CountingClock();
  const manager = new ResourceManager({}, { clock });
  let ended = 0;
  const handle = ResourceHandle.teardown(() => ended++);
  for (let n = 0; n < 100_000; n++) {
    manager.register(`r${n}`, 'memory', handle, { timeoutMs: n % 10_000 === 0 ? 0.001 : 1e6 + (n % 977) });
  }
  await new Promise((resolve) => setTimeout(resolve, 2));
  readings = 0;
  const result = await manager.sweep({ resourceTimeoutMs: 1e6, maxResources: 99_980 });
  expect(result).toMatchObject({ expired: 10, evicted: 10, cleaned: 20 });
  expect(ended).toBe(20);
  // The clock is read once for each that was looked at, and twice for each slice.
  expect(readings).toBeLessThanOrEqual(20 + 2 + 3 * result.slices);
});

type Step =
  | { kind: 'add'; id: number; timeoutMs: number | undefined }
  | { kind: 'get' | 'unregister'; id: number }
  | { kind: 'wait'; ms: number };

const id = fc.integer({ min: 0, max: 12 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    id,
    timeoutMs: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
  }),
  fc.record({ kind: fc.constantFrom('get' as const, 'unregister' as const), id }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40 }) }),
);

test('after any history a sweep ends what a plain list would have found, and the counts add up', async () => {
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 60 }),
    fc.integer({ min: 1, max: 8 }),
    async (steps, maxResources) => {
      const { clock, manager, ended, add } = setUp();
      let model: { id: string; timeoutMs: number; lastAccessed: number }[] = [];
      for (const each of steps) {
        // Each step takes time, so that no two were used at once.
        clock.advance(each.kind === 'wait' ? each.ms : 1);
        if (each.kind === 'wait') continue;
        const name = `r${each.id}`;
        const known = model.find((resource) => resource.id === name);
        if (each.kind === 'add' && !known) {
          add(name, each.timeoutMs);
          model.push({ id: name, timeoutMs: each.timeoutMs ?? 50, lastAccessed: clock.now() });
        } else if (each.kind === 'get' && known) {
          manager.get(name);
          known.lastAccessed = clock.now();
        } else if (each.kind === 'unregister') {
          expect(manager.unregister(name)).toBe(known !== undefined);
          model = model.filter((resource) => resource !== known);
        }
      }
      const kept = model
        .filter(({ lastAccessed, timeoutMs }) => lastAccessed + timeoutMs > clock.now())
        .sort((a, b) => b.lastAccessed - a.lastAccessed)
        .slice(0, maxResources);
      await manager.sweep({ resourceTimeoutMs: 50, maxResources });
      expect(new Set(manager.list().map(({ id: name }) => name))).toEqual(new Set(kept.map(({ id: name }) => name)));
      const { registered, active, unregistered, cleaned } = manager.stats;
      expect(cleaned).toBe(ended.length);
      expect(registered).toBe(active + unregistered + cleaned);
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

test('the cleaner sweeps at its interval by its policy, and not after stop', async () => {
  const clock = new SlicedClock();
  const cleaner = new ResourceCleaner({ cleanupIntervalMs: 100, resourceTimeoutMs: 150, maxResources: 2 }, { clock });
  const ended: string[] = [];
  const add = (name: string) =>
    cleaner.register(
      name,
      'network',
      ResourceHandle.teardown(() => ended.push(name)),
    );
  const pass = async (ms: number) => {
    clock.advance(ms);
    // A sweep's promises settle, and it arms the next.
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  add('a');
  cleaner.start();
  cleaner.start();
  await pass(1);
  for (const name of ['b', 'c']) add(name);
  await pass(99);
  expect(ended).toEqual(['a']);
  expect(cleaner.stats).toMatchObject({ sweeps: 1, evicted: 1, expired: 0 });
  await pass(100);
  expect(ended).toEqual(['a', 'b', 'c']);
  expect(cleaner.stats).toMatchObject({ sweeps: 2, evicted: 1, expired: 2, running: true });
  add('d');
  cleaner.stop();
  expect(clock.waiting).toBe(0);
  await pass(10_000);
  expect(ended).toEqual(['a', 'b', 'c']);
  expect(cleaner.stats.running).toBe(false);
});
