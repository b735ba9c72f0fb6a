import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Caches from '../../src/cache/index.js';
import { findBrowsers } from '../../tools/browsers.mjs';
import { crash, launchChromium, openTestSite, type TestSite } from '../support/test-site.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([openTestSite(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const PATH = '/cache.js';

async function openPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url);
  return page;
}

/** Sets entries without end, a hundred at a time, and tells of each hundred that was acknowledged. */
async function writeWithoutEnd(page: Page, from: number, onAcknowledged: (upTo: number) => void): Promise<void> {
  await page.exposeFunction('acknowledge', onAcknowledged);
  await page.evaluate(
    async ({ path, first }) => {
      const { Cache, persistentStore } = await load<typeof Caches>(path);
      const openStore = persistentStore({ maxDiskEntries: 1_000_000, preloadEntries: 0 });
      const cache = new Cache<string, unknown>({ name: 'killed', maxSize: 10, persistent: true }, { openStore });
      void (async () => {
        for (let n = first; n < first + 5_000; ) {
          for (let batch = 0; batch < 100; batch++) {
            cache.set(`k${n}`, { n, body: 'x'.repeat(n % 300), at: n % 50 === 0 ? new Date(n) : n });
            if (n % 10 === 9) cache.delete(`k${n}`);
            n++;
          }
          if (await cache.flush()) void Reflect.get(globalThis, 'acknowledge')(n);
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      })();
    },
    { path: PATH, first: from },
  );
}

test('10 crashes of the renderer at random moments lose nothing that flush() acknowledged', {
  timeout: 120_000,
}, async () => {
  const context = await browser.newContext();
  let acknowledged = 0;
  for (let round = 0; round < 10; round++) {
    const page = await openPage(context);
    const from = acknowledged;
    await writeWithoutEnd(page, from, (upTo) => {
      acknowledged = Math.max(acknowledged, upTo);
    });
    await expect.poll(() => acknowledged, { timeout: 20_000 }).toBeGreaterThan(from);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
    await crash(context, page);
    await page.close();
    const reader = await openPage(context);
    const wrong = await reader.evaluate(
      async ({ path, upTo }) => {
        const { Cache } = await load<typeof Caches>(path);
        const cache = new Cache<string, { n: number }>({ name: 'killed', maxSize: 10, persistent: true });
        const found = await Promise.all(Array.from({ length: upTo }, (_, n) => cache.load(`k${n}`)));
        const { disk } = cache.stats;
        const bad = found.filter((entry, n) => (n % 10 === 9 ? entry !== undefined : entry?.n !== n)).length;
        return { bad, damaged: disk?.damaged, persistent: disk?.persistent };
      },
      { path: PATH, upTo: acknowledged },
    );
    expect(wrong).toEqual({ bad: 0, damaged: 0, persistent: true });
    await reader.close();
  }
  expect(acknowledged).toBeGreaterThanOrEqual(1_000);
  await context.close();
});

test('two tabs agree after an invalidation, and see what the other has set', async () => {
  const context = await browser.newContext();
  const pages = [await openPage(context), await openPage(context)] as const;
  for (const page of pages) {
    await page.evaluate(async (path) => {
      const { Cache, persistentStore } = await load<typeof Caches>(path);
      const openStore = persistentStore({ preloadEntries: 0 });
      // No room in memory to speak of: what is read comes from the disk that both share.
      const cache = new Cache<string, string>({ name: 'tabs', maxSize: 1, persistent: true }, { openStore });
      await cache.ready;
      Reflect.set(globalThis, 'cache', cache);
    }, PATH);
  }
  const [one, two] = pages;
  const read = (page: Page) =>
    page.evaluate(async () => {
      const cache: Caches.Cache<string, string> = Reflect.get(globalThis, 'cache');
      cache.evict(1);
      return await Promise.all(['a', 'b', 'c', 'd'].map((key) => cache.load(key)));
    });
  await one.evaluate(async () => {
    const cache: Caches.Cache<string, string> = Reflect.get(globalThis, 'cache');
    for (const key of ['a', 'b', 'c']) cache.set(key, `${key}1`, { tags: key === 'b' ? ['x'] : [] });
    cache.set('d', 'd1');
    await cache.flush();
  });
  expect(await read(two)).toEqual(['a1', 'b1', 'c1', 'd1']);
  await two.evaluate(async () => {
    const cache: Caches.Cache<string, string> = Reflect.get(globalThis, 'cache');
    cache.delete('a');
    cache.invalidateTag('x');
    cache.set('c', 'c2');
    await cache.flush();
  });
  expect(await read(one)).toEqual([undefined, undefined, 'c2', 'd1']);
  await one.evaluate(async () => {
    const cache: Caches.Cache<string, string> = Reflect.get(globalThis, 'cache');
    cache.clear();
    cache.set('b', 'b3');
    await cache.flush();
  });
  expect(await read(two)).toEqual([undefined, 'b3', undefined, undefined]);
  await context.close();
});

test('a full disk: the oldest go once; where that does not help the cache goes on in memory', {
  timeout: 60_000,
}, async () => {
  const context = await browser.newContext();
  const page = await openPage(context);
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const protocol = await context.newCDPSession(page);
  const { origin } = new URL(site.url);
  await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 4_000_000 });
  const fill = (count: number) =>
    page.evaluate(
      async ({ path, sets }) => {
        const { Cache } = await load<typeof Caches>(path);
        const name = `full-${sets}`;
        const cache = new Cache<string, Uint8Array>({ name, maxSize: 1_000, persistent: true });
        const codes: string[] = [];
        cache.errors$.subscribe(({ code }) => codes.push(code));
        // Noise, as what can be compressed would take no room.
        for (let n = 0; n < sets; n++) {
          cache.set(`k${n}`, crypto.getRandomValues(new Uint8Array(40_000)));
          await cache.flush();
        }
        const kept = [...cache].length;
        return { kept, codes, disk: cache.stats.disk };
      },
      { path: PATH, sets: count },
    );
  const full = await fill(300);
  expect(full.kept).toBe(300);
  expect(full.codes).toContain('POISE_CACHE_DISK_FULL');
  expect(full.disk?.evictions).toBeGreaterThan(0);
  // No loop of removing and writing.
  expect(full.codes.length).toBeLessThan(10);
  // Packs of large values hold one each; there is nothing to gain by writing them anew.
  expect(full.disk?.compactions).toBeLessThan(10);
  await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const none = await fill(20);
  expect(none.kept).toBe(20);
  expect(none.disk).toMatchObject({ persistent: false, entries: 0, pending: 0 });
  expect(none.codes.filter((code) => code === 'POISE_CACHE_NOT_PERSISTENT')).toHaveLength(1);
  expect(errors).toEqual([]);
  await context.close();
});

test('a page with an open persistent cache comes back from the back/forward cache, and goes on', {
  timeout: 60_000,
}, async () => {
  const { chromium: executablePath = '' } = await findBrowsers();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const own = await chromium.launch({ executablePath, args, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  try {
    const page = await own.newPage();
    await page.goto(site.url);
    await page.evaluate(async (path) => {
      const { Cache } = await load<typeof Caches>(path);
      const cache = new Cache<string, number>({ name: 'bfcache', persistent: true });
      cache.set('a', 1);
      await cache.flush();
      Object.assign(globalThis, { cache, restored: undefined });
      addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { restored: persisted }));
      addEventListener('pagehide', () => cache.set('b', 2));
    }, PATH);
    await page.goto(`${site.url}?elsewhere`);
    // The page comes back although the promise does not.
    await page.goBack({ timeout: 2_000 }).catch(() => undefined);
    await expect.poll(() => page.evaluate(() => Reflect.get(globalThis, 'restored'))).toBe(true);
    const durable = await page.evaluate(async () => {
      const cache: Caches.Cache<string, number> = Reflect.get(globalThis, 'cache');
      cache.set('c', 3);
      return { durable: await cache.flush(), disk: cache.stats.disk?.entries };
    });
    expect(durable).toEqual({ durable: true, disk: 3 });
  } finally {
    await own.close();
  }
});
