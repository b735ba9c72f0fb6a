import { chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Logs from '../../src/logs/index.js';
import { findBrowsers } from '../../tools/browsers.mjs';
import { openTestSite, type TestSite } from '../support/test-site.js';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site?.close());

test('a page with an open log comes back from the back/forward cache, and goes on', { timeout: 60_000 }, async () => {
  const { chromium: executablePath = '' } = await findBrowsers();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args, ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    await page.evaluate(async () => {
      const { LogRotator } = await load<typeof Logs>('/logs.js');
      const log = new LogRotator({ name: 'bfcache', maxCount: 100 });
      log.start();
      for (let n = 0; n < 250; n++) log.addEntry({ n });
      await log.rotate();
      Object.assign(globalThis, { log, restored: undefined });
      addEventListener('pageshow', ({ persisted }) => Object.assign(globalThis, { restored: persisted }));
      log.addEntry({ n: 250 });
    });
    await page.goto(`${site.url}?elsewhere`);
    // The page comes back although the promise does not.
    await page.goBack({ timeout: 2_000 }).catch(() => undefined);
    const reasons = () =>
      page.evaluate(() => {
        const [navigation] = performance.getEntriesByType('navigation');
        return navigation && JSON.stringify(Reflect.get(navigation, 'notRestoredReasons'));
      });
    await expect
      .poll(() => page.evaluate(() => Reflect.get(globalThis, 'restored')), { message: (await reasons()) ?? '' })
      .toBe(true);
    const found = await page.evaluate(async () => {
      const log: Logs.LogRotator<{ n: number }> = Reflect.get(globalThis, 'log');
      const durable = await log.append({ n: 251 });
      const all: number[] = [];
      for await (const { n } of log.query()) all.push(n);
      return { durable, last: all.slice(-2) };
    });
    expect(found).toEqual({ durable: true, last: [250, 251] });
  } finally {
    await browser.close();
  }
});
