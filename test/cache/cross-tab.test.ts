import { expect, onTestFinished, test, vi } from 'vitest';
import type { Cache, CacheManager } from '../../src/cache/index.js';

interface Tab {
  readonly window: Window;
  readonly manager: CacheManager;
  readonly cache: Cache<string, number>;
}

declare global {
  interface Window {
    openedManager?: CacheManager;
  }
}

let frames = 0;

/** A page of the same origin with a poise of its own, as another tab has. */
async function openTab(name: string): Promise<Tab> {
  const frame = document.createElement('iframe');
  const source = new URL('../../src/cache/index.ts', import.meta.url).pathname;
  frame.srcdoc = `<script type="module">
    import { CacheManager } from '${source}';
    window.openedManager = new CacheManager({ name: '${name}' });
  </script>`;
  document.body.append(frame);
  onTestFinished(() => {
    const view = frame.contentWindow;
    const manager = view?.openedManager;
    // Each engine's own symbol, which is that of the frame.
    const symbol = (view && Reflect.get(Reflect.get(view, 'Symbol'), 'dispose')) ?? Symbol.for('Symbol.dispose');
    if (manager) Reflect.apply(Reflect.get(manager, symbol), manager, []);
    frame.remove();
    localStorage.removeItem(`poise-cache:${name}`);
  });
  const manager = await vi.waitFor(
    () => {
      const opened = frame.contentWindow?.openedManager;
      if (!opened) throw new Error('the page has not loaded');
      return opened;
    },
    { timeout: 10_000 },
  );
  if (!frame.contentWindow) throw new Error('no window');
  const cache = manager.getCache<string, number>('prices');
  cache
    .set('a', 1, { tags: ['t'] })
    .set('b', 2)
    .set('c', 3);
  return { window: frame.contentWindow, manager, cache };
}

const openTwo = async () => {
  const name = `cross-tab ${frames++} ${Math.random()}`;
  return [await openTab(name), await openTab(name)] as const;
};

const keysOf = ({ cache }: Tab) => [...cache.keys()].join(' ');

test('two pages of an origin agree after an invalidation', async () => {
  const [first, second] = await openTwo();
  first.manager.invalidateTag('t');
  await vi.waitFor(() => expect(keysOf(second)).toBe('b c'));
  second.manager.invalidateWhere((value) => value === 2);
  await vi.waitFor(() => expect(keysOf(first)).toBe('c'));
  first.cache.set('d', 4);
  second.manager.clearCache('other');
  second.manager.clearCache('prices');
  await vi.waitFor(() => expect(keysOf(first)).toBe(''));
  expect(second.manager.getStats().doubts).toBe(0);
});

test('a page that was away drops what it has where something became invalid meanwhile', async () => {
  const [first, second] = await openTwo();
  second.window.dispatchEvent(new Event('pagehide'));
  first.manager.invalidateTag('t');
  expect(keysOf(second)).toBe('a b c');
  second.window.dispatchEvent(new Event('pageshow'));
  expect(keysOf(second)).toBe('');
  expect(second.manager.getStats().doubts).toBe(1);
  second.cache.set('a', 1);
  first.manager.clearCache();
  await vi.waitFor(() => expect(keysOf(second)).toBe(''));
});

test('a page that was away and missed nothing keeps what it has', async () => {
  const [first, second] = await openTwo();
  first.manager.invalidateTag('t');
  await vi.waitFor(() => expect(keysOf(second)).toBe('b c'));
  second.window.dispatchEvent(new Event('pagehide'));
  second.window.dispatchEvent(new Event('pageshow'));
  expect(keysOf(second)).toBe('b c');
  expect(second.manager.getStats().doubts).toBe(0);
});

test('what a page invalidates while it goes away reaches the others', async () => {
  const [first, second] = await openTwo();
  second.window.dispatchEvent(new Event('pagehide'));
  second.manager.invalidateTag('t');
  await vi.waitFor(() => expect(keysOf(first)).toBe('b c'));
});
