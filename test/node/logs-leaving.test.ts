import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Logs from '../../src/logs/index.js';
import { launchChromium, openTestSite, type TestSite } from '../support/test-site.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  [site, browser] = await Promise.all([openTestSite(), launchChromium(['--disable-features=BackForwardCache'])]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

/** Entries of each visit that nobody waits for. */
const ADDED = 700;

test('a page that goes for good leaves what it has added, without waiting for it', { timeout: 60_000 }, async () => {
  const page = await browser.newPage();
  await page.goto(site.url);
  for (let visit = 0; visit < 8; visit++) {
    await page.evaluate(
      async ({ visit, count }) => {
        const { LogRotator } = await load<typeof Logs>('/logs.js');
        const log = new LogRotator({ name: 'leaving', maxCount: 1_000, maxFiles: 50 });
        log.start();
        // On even visits there is a segment already that this page goes on with.
        if (visit % 2 === 0) await log.append({ visit, n: -1 });
        else await log.refresh();
        // A write that is under way keeps those behind it waiting, and is lost with them: taking over a segment is one.
        await new Promise((resolve) => setTimeout(resolve, 100));
        for (let n = 0; n < count; n++) log.addEntry({ visit, n });
      },
      { visit, count: ADDED },
    );
    await page.goto(`${site.url}?visit=${visit + 1}`);
  }
  const found = await page.evaluate(async () => {
    const { LogRotator } = await load<typeof Logs>('/logs.js');
    const log = new LogRotator<{ visit: number; n: number }>({ name: 'leaving' });
    const found: string[] = [];
    for await (const { visit, n } of log.query()) found.push(`${visit}.${n}`);
    return found;
  });
  const expected = Array.from({ length: 8 }, (_, visit) =>
    Array.from({ length: ADDED + (visit % 2 === 0 ? 1 : 0) }, (_, n) => `${visit}.${visit % 2 === 0 ? n - 1 : n}`),
  ).flat();
  expect(found.sort()).toEqual(expected.sort());
  await page.close();
});
