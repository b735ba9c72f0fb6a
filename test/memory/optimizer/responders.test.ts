import { expect, test } from 'vitest';
import { disposeSymbol, type PoiseError, type PressureLevel } from '../../../src/core/index.js';
import { MemoryOptimizer } from '../../../src/memory/index.js';
import { VirtualClock } from '../../support/virtual-clock.js';

function make() {
  const clock = new VirtualClock();
  const optimizer = new MemoryOptimizer({}, { clock, environment: { ...clock.environment, performance: undefined } });
  const errors: PoiseError[] = [];
  optimizer.errors$.subscribe((error) => errors.push(error));
  return { clock, optimizer, errors };
}

test('each responder is asked, and what each freed is told', async () => {
  const { optimizer } = make();
  const asked: PressureLevel[] = [];
  optimizer.registerResponder({
    name: 'cache',
    releaseMemory: (level) => {
      asked.push(level);
      return { items: 3, bytes: 300 };
    },
  });
  const remove = optimizer.registerResponder({
    name: 'logs',
    releaseMemory: async () => ({ items: 2, bytes: undefined }),
  });
  const result = await optimizer.optimizeMemory('serious');
  expect(result).toMatchObject({ level: 'serious', items: 5, bytes: 300 });
  expect(result.responders).toMatchObject([
    { name: 'cache', outcome: 'released', items: 3, bytes: 300 },
    { name: 'logs', outcome: 'released', items: 2, bytes: undefined },
  ]);
  remove();
  remove();
  expect((await optimizer.optimizeMemory()).responders).toHaveLength(1);
  // Who asks without a level wants something, even when memory is not scarce.
  expect(asked).toEqual(['serious', 'fair']);
  expect(optimizer.stats).toMatchObject({ responders: 1, optimizations: 2, bytesFreed: 600 });
  expect(optimizer.getMemoryReport().lastOptimization?.items).toBe(3);
});

test('one that throws, one that rejects and one that never answers keep nobody from giving back', async () => {
  const { clock, optimizer, errors } = make();
  optimizer.registerResponder({
    name: 'throws',
    releaseMemory: () => {
      throw new Error('broken');
    },
  });
  optimizer.registerResponder({ name: 'rejects', releaseMemory: () => Promise.reject(new Error('gone')) });
  optimizer.registerResponder({ name: 'silent', releaseMemory: () => new Promise(() => undefined) });
  optimizer.registerResponder({ name: 'works', releaseMemory: () => ({ items: 1, bytes: 1 }) });
  const pending = optimizer.optimizeMemory();
  // What rejects has been heard before the time of the silent one is up.
  await new Promise((resolve) => setTimeout(resolve, 0));
  clock.advance(10_000);
  const result = await pending;
  expect(result.responders.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['throws', 'failed'],
    ['rejects', 'failed'],
    ['silent', 'timed-out'],
    ['works', 'released'],
  ]);
  expect(result).toMatchObject({ items: 1, bytes: 1 });
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringContaining('throws'),
    expect.stringContaining('rejects'),
    expect.stringContaining('silent'),
  ]);
  expect(clock.waiting).toBe(0);
});

test('a second call while the first is under way gets the same answer', async () => {
  const { optimizer } = make();
  let asked = 0;
  optimizer.registerResponder({
    name: 'slow',
    releaseMemory: async () => {
      asked++;
      await Promise.resolve();
      return { items: 1, bytes: 1 };
    },
  });
  const [first, second] = await Promise.all([optimizer.optimizeMemory(), optimizer.optimizeMemory()]);
  expect(second).toBe(first);
  expect(asked).toBe(1);
});

test('ending does not wait for one that never answers', async () => {
  const { clock, optimizer } = make();
  optimizer.registerResponder({ name: 'silent', releaseMemory: () => new Promise(() => undefined) });
  const pending = optimizer.optimizeMemory();
  optimizer[disposeSymbol]();
  expect((await pending).responders[0]?.outcome).toBe('timed-out');
  expect(clock.waiting).toBe(0);
});
