import { expect, test } from 'vitest';
import { ConfigError, detectEnvironment, disposeSymbol } from '../../../src/core/index.js';
import { LeakKind, type MemoryLeak, MemoryOptimizer } from '../../../src/memory/index.js';
import { canCollect, collectGarbage } from '../../support/gc.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const COUNT = 1_000;

/** In a function of its own, so that no variable of the test holds them. */
function trackAndDrop(optimizer: MemoryOptimizer): void {
  for (let n = 0; n < COUNT; n++) optimizer.track({ n }, 'Row');
}

/** Real objects, elements and collections, in time that the test turns. */
function make() {
  const clock = new VirtualClock();
  const environment = { ...detectEnvironment(), crossOriginIsolated: false };
  const optimizer = new MemoryOptimizer({}, { clock, environment });
  const told: MemoryLeak[] = [];
  optimizer.leaks$.subscribe((leak) => told.push(leak));
  const root = document.createElement('div');
  document.body.append(root);
  return { clock, optimizer, told, root, end: () => root.remove() };
}

test('the same object counts once, and buffers by their size', () => {
  const optimizer = new MemoryOptimizer();
  const row = {};
  const buffers = [new ArrayBuffer(100), new Uint8Array(50), new Blob(['12345'])];
  for (let n = 0; n < 3; n++) optimizer.track(row, 'Row');
  for (const buffer of buffers) optimizer.track(buffer, 'Buffer');
  optimizer.track({}, 'Image', 2_000);
  expect(optimizer.getMemoryReport().components).toEqual([
    { componentId: 'Row', live: 1, bytes: 0 },
    { componentId: 'Buffer', live: 3, bytes: 155 },
    { componentId: 'Image', live: 1, bytes: 2_000 },
  ]);
  expect(optimizer.stats).toMatchObject({ trackedObjects: 5, trackedBytes: 2_155 });
  optimizer[disposeSymbol]();
});

test.each([undefined, null, 1, 'text'])('%j cannot be tracked', (value) => {
  const optimizer = new MemoryOptimizer();
  expect(() => Reflect.apply(optimizer.track, optimizer, [value, 'Row'])).toThrow(ConfigError);
  optimizer.track(() => undefined, 'Callback');
  expect(optimizer.stats.trackedObjects).toBe(1);
});

test.runIf(canCollect)('tracking is never the reason why an object lives', async () => {
  const { optimizer, end } = make();
  const kept = { n: -1 };
  optimizer.start();
  optimizer.track(kept, 'Row');
  trackAndDrop(optimizer);
  optimizer.track(new ArrayBuffer(1_000_000), 'Buffer');
  expect(optimizer.stats.trackedObjects).toBe(COUNT + 2);
  await collectGarbage();
  expect(optimizer.getMemoryReport().components).toEqual([
    { componentId: 'Row', live: 1, bytes: 0 },
    { componentId: 'Buffer', live: 0, bytes: 0 },
  ]);
  expect(kept.n).toBe(-1);
  optimizer[disposeSymbol]();
  end();
});

test.runIf(canCollect)('nor is watching the document the reason why an element lives', async () => {
  const { optimizer, root, end } = make();
  optimizer.start();
  const refs: WeakRef<Element>[] = [];
  const host = document.createElement('div');
  root.append(host);
  const shadow = host.attachShadow({ mode: 'open' });
  optimizer.watchRoot(shadow);
  const putAndRemove = (parent: Node) => {
    const element = document.createElement('p');
    parent.appendChild(element);
    parent.removeChild(element);
    refs.push(new WeakRef(element));
  };
  for (let n = 0; n < 10; n++) putAndRemove(n % 2 === 0 ? root : shadow);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(optimizer.stats.followedElements).toBe(10);
  await collectGarbage();
  expect(refs.filter((ref) => ref.deref())).toEqual([]);
  optimizer[disposeSymbol]();
  end();
});

test.runIf(canCollect)('full collections are counted, those of young objects are not', async () => {
  const { optimizer, end } = make();
  optimizer.start();
  for (let n = 0; n < 3; n++) await collectGarbage();
  expect(optimizer.stats.gcCollections).toBe(3);
  for (let n = 0; n < 3; n++) {
    gc?.({ type: 'minor' });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(optimizer.gcSettings).toMatchObject({ supported: true, collections: 3, lastCollectionAt: expect.any(Number) });
  optimizer.stop();
  await collectGarbage();
  expect(optimizer.stats.gcCollections).toBe(3);
  optimizer[disposeSymbol]();
  end();
});

test.runIf(canCollect)(
  'objects that pile up are told once with their component, and once when it is over',
  async () => {
    const { clock, optimizer, told, end } = make();
    const kept: object[] = [];
    optimizer.start();
    const turn = async (grow: boolean) => {
      for (let n = 0; grow && n < 5; n++) {
        const cell = {};
        kept.push(cell);
        optimizer.track(cell, 'PriceCell');
      }
      clock.advance(40_000);
      await collectGarbage();
      clock.advance(1_000);
    };
    for (let n = 0; n < 12; n++) await turn(true);
    const cells = () => told.filter(({ componentId }) => componentId === 'PriceCell');
    expect(cells()).toHaveLength(1);
    expect(cells()[0]).toMatchObject({ kind: LeakKind.LIVE_OBJECTS, severity: 'warning', endedAt: undefined });
    expect(cells()[0]?.objectIncrease).toBeGreaterThanOrEqual(8);
    expect(cells()[0]?.recommendations.join()).toContain('PriceCell');
    expect(optimizer.leaks.map(({ componentId }) => componentId)).toContain('PriceCell');
    expect(optimizer.getMemoryReport().recommendations.join()).toContain('PriceCell');
    for (let n = 0; n < 8; n++) await turn(false);
    expect(cells().map(({ endedAt }) => endedAt !== undefined)).toEqual([false, true]);
    expect(optimizer.leaks.map(({ componentId }) => componentId)).not.toContain('PriceCell');
    expect(kept).toHaveLength(60);
    optimizer[disposeSymbol]();
    end();
  },
);

test.runIf(canCollect)(
  'elements that pile up outside the document are told by their selector, put back ones are not',
  async () => {
    const { clock, optimizer, told, root, end } = make();
    const leaked: Element[] = [];
    const pool: Element[] = [];
    optimizer.start();
    for (let turn = 0; turn < 10; turn++) {
      for (let n = 0; n < 4; n++) {
        const message = document.createElement('li');
        message.className = `message m-${turn}`;
        root.append(message);
        message.remove();
        leaked.push(message);
      }
      const recycled = pool.pop() ?? document.createElement('span');
      root.append(recycled);
      recycled.remove();
      pool.push(recycled);
      await new Promise((resolve) => setTimeout(resolve, 0));
      clock.advance(40_000);
      await collectGarbage();
      clock.advance(1_000);
    }
    const detached = told.filter(({ kind }) => kind === LeakKind.DETACHED_NODES);
    expect(detached.map(({ componentId }) => componentId)).toEqual(['li.message.m-*']);
    expect(detached[0]?.recommendations.join()).toContain('li.message.m-*');
    expect(leaked).toHaveLength(40);
    optimizer[disposeSymbol]();
    end();
  },
);

test('a storm of removed elements stays within bounds', async () => {
  const { optimizer, root, end } = make();
  optimizer.start();
  const removed: Element[] = [];
  for (let batch = 0; batch < 20; batch++) {
    const elements = Array.from({ length: 1_000 }, () => document.createElement('i'));
    root.append(...elements);
    root.replaceChildren();
    removed.push(...elements);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  expect(optimizer.stats.followedElements).toBeGreaterThan(100);
  expect(optimizer.stats.followedElements).toBeLessThanOrEqual(4_096);
  expect(removed).toHaveLength(20_000);
  optimizer.stop();
  expect(optimizer.stats.followedElements).toBe(0);
  root.append(document.createElement('b'));
  root.replaceChildren();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(optimizer.stats.followedElements).toBe(0);
  optimizer[disposeSymbol]();
  end();
});

test('a list that goes at once does not end the watching, and some of all of it are followed', async () => {
  const { optimizer, root, end } = make();
  optimizer.start();
  const removeAll = async () => {
    const before = optimizer.stats.followedElements ?? 0;
    root.replaceChildren();
    await new Promise((resolve) => setTimeout(resolve, 0));
    return (optimizer.stats.followedElements ?? 0) - before;
  };
  root.append(...Array.from({ length: 512 + 2 * 512 + 4 * 512 + 8 * 100 }, () => document.createElement('i')));
  expect(await removeAll()).toBe(3 * 512 + 100);
  root.append(...Array.from({ length: 80 }, () => document.createElement('u')));
  expect(await removeAll()).toBe(10);
  // With text before or after each, as templates leave it.
  for (let n = 0; n < 80; n++) root.append(' ', document.createElement('b'));
  expect(await removeAll()).toBeGreaterThanOrEqual(10);
  for (let n = 0; n < 80; n++) root.append(document.createElement('b'), ' ');
  expect(await removeAll()).toBeGreaterThanOrEqual(10);
  optimizer[disposeSymbol]();
  end();
});

test('a page that changes all the time is not watched all the time, and watched again', async () => {
  const { clock, optimizer, root, end } = make();
  optimizer.start();
  const task = () => new Promise((resolve) => setTimeout(resolve, 0));
  const kept: Element[] = [];
  const removeOne = async () => {
    const before = optimizer.stats.followedElements ?? 0;
    const element = document.createElement('b');
    kept.push(element);
    root.append(element);
    element.remove();
    await task();
    return (optimizer.stats.followedElements ?? 0) - before;
  };
  const updateTexts = async (count: number) => {
    for (let n = 0; n < count; n++) root.textContent = String(n);
    await task();
  };
  await updateTexts(250);
  expect(await removeOne()).toBe(1);
  await updateTexts(250);
  expect(await removeOne()).toBe(0);
  clock.advance(3_999);
  expect(await removeOne()).toBe(0);
  clock.advance(1);
  expect(await removeOne()).toBe(1);
  // Where it goes on, for twice as long.
  await updateTexts(1_000);
  clock.advance(7_999);
  expect(await removeOne()).toBe(0);
  clock.advance(1);
  expect(await removeOne()).toBe(1);
  // And where it was calm for as long, for the first time again.
  clock.advance(8_000);
  await updateTexts(1_000);
  clock.advance(4_000);
  expect(await removeOne()).toBe(1);
  await updateTexts(1_000);
  optimizer.stop();
  clock.advance(64_000);
  expect(await removeOne()).toBe(0);
  optimizer.start();
  expect(await removeOne()).toBe(1);
  await updateTexts(1_000);
  optimizer[disposeSymbol]();
  expect(clock.waiting).toBe(0);
  expect(kept).toHaveLength(9);
  end();
});

test('roots come and go', async () => {
  const { optimizer, root, end } = make();
  const hosts = [0, 1].map(() => {
    const host = document.createElement('div');
    root.append(host);
    return host.attachShadow({ mode: 'open' });
  });
  const stops = hosts.map((shadow) => optimizer.watchRoot(shadow));
  optimizer.start();
  stops[0]?.();
  const kept = hosts.map((shadow) => {
    const element = document.createElement('p');
    shadow.append(element);
    element.remove();
    return element;
  });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(optimizer.stats.followedElements).toBe(1);
  expect(kept).toHaveLength(2);
  optimizer[disposeSymbol]();
  end();
});
