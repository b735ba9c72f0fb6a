import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Logs from '../../src/logs/index.js';
import { launchChromium, openTestSite, type TestSite } from '../support/test-site.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([openTestSite(), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const LOGS = '/logs.js';

test('8 tabs write 2,000 entries each while they rotate: 16,000, each once, in order', {
  timeout: 90_000,
}, async () => {
  const context = await browser.newContext();
  const tabs = await Promise.all(Array.from({ length: 8 }, () => context.newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(site.url)));
  const config = { name: 'tabs', maxCount: 200, maxFiles: 10_000 };
  const write = (page: Page, tab: number) =>
    page.evaluate(
      async ({ path, config: given, tab: writer }) => {
        const { LogRotator } = await load<typeof Logs>(path);
        const log = new LogRotator(given);
        log.start();
        let mostHeld = 0;
        for (let n = 0; n < 2_000; n++) {
          log.addEntry({ tab: writer, n });
          if (n % 250 !== 249) continue;
          await log.rotate();
          const { held = [] } = await navigator.locks.query();
          mostHeld = Math.max(mostHeld, held.filter(({ name }) => name === 'poise-logs:tabs').length);
        }
        const durable = await log.flush();
        await log[Symbol.asyncDispose]();
        return { durable, mostHeld };
      },
      { path: LOGS, config, tab },
    );
  const written = await Promise.all(tabs.map(write));
  expect(written.every(({ durable }) => durable)).toBe(true);
  expect(Math.max(...written.map(({ mostHeld }) => mostHeld))).toBeLessThanOrEqual(1);
  const byTab = await tabs[0]?.evaluate(
    async ({ path, config: given }) => {
      const { LogRotator } = await load<typeof Logs>(path);
      const log = new LogRotator<{ tab: number; n: number }>(given);
      const found: number[][] = Array.from({ length: 8 }, () => []);
      for await (const { tab, n } of log.query()) found[tab]?.push(n);
      return found;
    },
    { path: LOGS, config },
  );
  const expected = Array.from({ length: 2_000 }, (_, n) => n);
  expect(byTab).toHaveLength(8);
  for (const found of byTab ?? []) expect(found).toEqual(expected);
  await context.close();
});

test('a full disk: nothing is thrown, the oldest go, and with room again writing goes on', {
  timeout: 60_000,
}, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(site.url);
  const protocol = await context.newCDPSession(page);
  const { origin } = new URL(site.url);
  await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 4_000_000 });
  const full = await page.evaluate(async (path) => {
    const { LogRotator } = await load<typeof Logs>(path);
    const log = new LogRotator({ name: 'full', maxCount: 20, maxFiles: 10_000, compressOld: false, maxPending: 50 });
    const codes = new Set<string>();
    log.errors$.subscribe(({ code }) => codes.add(code));
    log.start();
    Reflect.set(globalThis, 'log', log);
    // Noise, as what can be compressed would take no room.
    for (let n = 0; n < 400; n++) await log.append({ n, body: crypto.getRandomValues(new Uint8Array(40_000)) });
    return { stats: log.stats, codes: [...codes] };
  }, LOGS);
  expect(full.stats.cleanups).toBeGreaterThan(0);
  expect(full.stats.persistent).toBe(true);
  expect(full.stats.entries).toBeLessThan(400);

  await protocol.send('Storage.overrideQuotaForOrigin', { origin });
  const after = await page.evaluate(async () => {
    const log: Logs.LogRotator<{ n: number }> = Reflect.get(globalThis, 'log');
    const durable = await log.append({ n: 1_000 });
    const found: number[] = [];
    for await (const { n } of log.query()) found.push(n);
    return { durable, newest: found.at(-1), diskFull: log.stats.diskFull, twice: found.length - new Set(found).size };
  });
  expect(after).toEqual({ durable: true, newest: 1_000, diskFull: false, twice: 0 });
  expect(errors).toEqual([]);
  await context.close();
});

test('nothing fits at all: entries wait in memory up to their bound, then the oldest are lost and told of', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.url);
  const protocol = await context.newCDPSession(page);
  const { origin } = new URL(site.url);
  await protocol.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const full = await page.evaluate(async (path) => {
    const { LogRotator } = await load<typeof Logs>(path);
    const log = new LogRotator({ name: 'none', maxPending: 100 });
    Reflect.set(globalThis, 'log', log);
    const codes = new Set<string>();
    log.errors$.subscribe(({ code }) => codes.add(code));
    for (let n = 0; n < 300; n++) log.addEntry({ n, body: 'x'.repeat(5_000) });
    const durable = await log.flush();
    const found: unknown[] = [];
    for await (const entry of log.query()) found.push(entry);
    return { durable, stats: log.stats, codes: [...codes], found: found.length };
  }, LOGS);
  expect(full).toMatchObject({ durable: false, found: 100, stats: { pending: 100, dropped: 200, diskFull: true } });
  expect(full.codes).toEqual(expect.arrayContaining(['POISE_LOG_DISK_FULL', 'POISE_LOG_DROPPED']));
  await protocol.send('Storage.overrideQuotaForOrigin', { origin });
  const durable = await page.evaluate(() => Reflect.get(globalThis, 'log').flush());
  expect(durable).toBe(true);
  await context.close();
});
