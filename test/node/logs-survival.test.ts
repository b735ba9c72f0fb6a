import { readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Logs from '../../src/logs/index.js';
import { findBrowsers } from '../../tools/browsers.mjs';
import { crash, launchChromium, openTestSite, type TestSite } from '../support/test-site.js';

let site: TestSite;
let profile: string;
beforeAll(async () => {
  site = await openTestSite();
  profile = await mkdtemp(join(tmpdir(), 'poise-profile-'));
});
afterAll(async () => {
  await site?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

const LOGS = '/src/logs/index.ts';
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

/** What the log holds, as the next page sees it. */
async function readBack(page: Page): Promise<{ readonly found: number[]; readonly errors: string[] }> {
  if (page.url() !== site.url) await page.goto(site.url);
  return await page.evaluate(
    async ({ path, config }) => {
      const { LogRotator } = await load<typeof Logs>(path);
      const log = new LogRotator<{ n: number }>(config);
      const found: number[] = [];
      const errors: string[] = [];
      log.errors$.subscribe(({ message }) => errors.push(message));
      for await (const { n } of log.query()) found.push(n);
      await log[Symbol.asyncDispose]();
      return { found, errors };
    },
    { path: LOGS, config: CONFIG },
  );
}

/** Every acknowledged entry once, none twice, none damaged. @returns the number after the newest that is there */
function check({ found, errors }: Awaited<ReturnType<typeof readBack>>, acknowledged: readonly number[]): number {
  expect(errors).toEqual([]);
  const there = new Set(found);
  expect(there.size).toBe(found.length);
  const lost = acknowledged.filter((n) => !there.has(n));
  expect(lost.length, `of ${acknowledged.length}, from ${lost[0]} to ${lost.at(-1)}; ${found.length} are there`).toBe(
    0,
  );
  return found.reduce((newest, n) => Math.max(newest, n), -1) + 1;
}

/**
 * Kills the browser with all its processes, and waits until they are gone: one that lives on would still write to the
 * profile while the next browser opens it.
 */
async function killGroup(pid: number): Promise<void> {
  process.kill(-pid, 'SIGKILL');
  const isThere = () => {
    try {
      return process.kill(-pid, 0);
    } catch {
      return false;
    }
  };
  // In a container without an init process the dead may stay listed.
  const until = performance.now() + 1_000;
  while (isThere() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
}

const randomPause = () => new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 250));

/** Writes until `end` ends it at a random moment. @returns the entries that were acknowledged until then */
async function writeUntil(page: Page, from: number, end: () => Promise<void>): Promise<number[]> {
  let newest = from - 1;
  await writeWithoutEnd(page, from, (upTo) => {
    newest = Math.max(newest, upTo);
  });
  await expect.poll(() => newest, { timeout: 10_000 }).toBeGreaterThanOrEqual(from);
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
  const { chromium: executablePath = '' } = await findBrowsers();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const open = () => chromium.launchPersistentContext(profile, { executablePath, args });
  const acknowledged: number[] = [];
  let next = 0;
  let context = await open();
  try {
    for (let round = 0; round < 15; round++) {
      const killed = context;
      // Chromium locks its profile with a link that names its process: "host-pid".
      const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
      const gone = new Promise((resolve) => killed.once('close', resolve));
      const end = async () => {
        await killGroup(pid);
        await gone;
      };
      acknowledged.push(...(await writeUntil(await killed.newPage(), next, end)));
      context = await open();
      next = check(await readBack(await context.newPage()), acknowledged);
    }
  } finally {
    await context.close();
  }
  expect(acknowledged.length).toBeGreaterThan(15 * 40);
});
