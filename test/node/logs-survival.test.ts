import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Logs from '../../src/logs/index.js';
import { BrowserProfile } from '../support/browser-profile.js';
import { crash, launchChromium, openTestSite, type TestSite } from '../support/test-site.js';

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site?.close());

const LOGS = '/logs.js';
const CONFIG = { name: 'survival', maxCount: 150, maxFiles: 100_000, flushIntervalMs: 20 };
/** Entries written at most in one round, so that reading them back takes no time. */
const MOST = 4_000;

/** A page that writes entries without end, and tells of each that was acknowledged. */
async function writeWithoutEnd(page: Page, from: number, onAcknowledged: (upTo: number) => void): Promise<void> {
  await page.exposeFunction('acknowledge', onAcknowledged);
  await page.goto(site.url);
  await page.evaluate(
    async ({ path, config, first, most }) => {
      const { LogRotator } = await load<typeof Logs>(path);
      const log = new LogRotator(config);
      log.start();
      void (async () => {
        for (let n = first; n < first + most; ) {
          for (let batch = 0; batch < 40; batch++) log.addEntry({ timestamp: n, n: n++, body: 'x'.repeat(n % 300) });
          // As a feed does: with room for everything else in between.
          await new Promise((resolve) => setTimeout(resolve, 4));
          if (await log.flush()) void Reflect.get(globalThis, 'acknowledge')(n - 1);
          if (n % 7 === 0) void log.rotate();
        }
      })();
    },
    { path: LOGS, config: CONFIG, first: from, most: MOST },
  );
}

interface ReadBack {
  readonly found: number[];
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

/** What the log holds, as the next page sees it. */
async function readBack(page: Page): Promise<ReadBack> {
  if (page.url() !== site.url) await page.goto(site.url);
  return await page.evaluate(
    async ({ path, config }) => {
      const { LogRotator } = await load<typeof Logs>(path);
      const log = new LogRotator<{ n: number }>(config);
      const found: number[] = [];
      const errors: { code: string; message: string }[] = [];
      log.errors$.subscribe(({ code, message }) => errors.push({ code, message }));
      for await (const { n } of log.query()) found.push(n);
      await log[Symbol.asyncDispose]();
      return { found, errors };
    },
    { path: LOGS, config: CONFIG },
  );
}

/** Every acknowledged entry once, none twice, none damaged. @returns the number after the newest that is there */
function check({ found, errors }: ReadBack, acknowledged: readonly number[]): number {
  expect(errors).toEqual([]);
  const there = new Set(found);
  expect(there.size).toBe(found.length);
  const lost = acknowledged.filter((n) => !there.has(n));
  expect(lost.length, `of ${acknowledged.length}, from ${lost[0]} to ${lost.at(-1)}; ${found.length} are there`).toBe(
    0,
  );
  return found.reduce((newest, n) => Math.max(newest, n), -1) + 1;
}

const randomPause = () => new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 250));

/** Writes until `end` ends it at a random moment. @returns the entries that were acknowledged until then */
async function writeUntil(page: Page, from: number, end: () => Promise<void>): Promise<number[]> {
  let newest = from - 1;
  await writeWithoutEnd(page, from, (upTo) => {
    newest = Math.max(newest, upTo);
  });
  await expect.poll(() => newest, { timeout: 30_000 }).toBeGreaterThanOrEqual(from);
  await randomPause();
  await end();
  return Array.from({ length: newest - from + 1 }, (_, n) => from + n);
}

test('35 crashes of the renderer at random moments lose nothing that was acknowledged', {
  timeout: 240_000,
}, async () => {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext();
    const reader = await context.newPage();
    const acknowledged: number[] = [];
    let next = 0;
    for (let round = 0; round < 35; round++) {
      const page = await context.newPage();
      acknowledged.push(...(await writeUntil(page, next, () => crash(context, page))));
      await page.close();
      next = check(await readBack(reader), acknowledged);
    }
    expect(acknowledged.length).toBeGreaterThan(35 * 40);
  } finally {
    await browser.close();
  }
});

test('15 kills of the whole browser at random moments lose nothing that was acknowledged', {
  timeout: 240_000,
}, async () => {
  const profile = await BrowserProfile.make();
  let acknowledged: number[] = [];
  let written = 0;
  let next = 0;
  let context = await profile.open();
  try {
    for (let round = 0; round < 15; round++) {
      const killed = context;
      const added = await writeUntil(await killed.newPage(), next, () => profile.kill(killed));
      acknowledged.push(...added);
      written += added.length;
      context = await profile.open();
      const back = await readBack(await context.newPage());
      if (back.errors.some(({ code }) => code === 'POISE_LOG_LOST')) {
        // The kill before this one has cut off a write of the browser's own: see lost-database.test.ts.
        expect(back.found).toEqual([]);
        acknowledged = [];
        next = 0;
      } else next = check(back, acknowledged);
    }
  } finally {
    await context.close();
  }
  expect(written).toBeGreaterThan(15 * 40);
});
