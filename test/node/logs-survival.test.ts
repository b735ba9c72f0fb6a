import { spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Logs from '../../src/logs/index.js';
import { findBrowsers } from '../../tools/browsers.mjs';
import { crash, launchChromium, openTestSite, type TestSite } from '../support/test-site.js';

let site: TestSite;
const profiles: string[] = [];
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(async () => {
  site?.close();
  for (const profile of profiles) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function makeProfile(): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'poise-profile-'));
  profiles.push(profile);
  return profile;
}

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

/**
 * Kills the browser with all its processes, and waits until they are gone: one that lives on would still write to the
 * profile while the next browser opens it.
 */
async function killGroup(pid: number): Promise<void> {
  process.kill(-pid, 'SIGKILL');
  const until = performance.now() + 1_000;
  while (isAlive(pid) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Whether a process of a group runs. In a container without an init process the dead may stay listed, as zombies. */
function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
  } catch {
    return false;
  }
  const { stdout, status } = spawnSync('ps', ['-A', '-o', 'pgid=', '-o', 'stat='], { encoding: 'utf8' });
  if (status !== 0) return true;
  return stdout.split('\n').some((line) => {
    const [pgid, state = ''] = line.trim().split(/\s+/);
    return Number(pgid) === group && !state.startsWith('Z');
  });
}

/** A browser with a profile that outlives it. */
async function openBrowser(profile: string): Promise<BrowserContext> {
  const { chromium: executablePath = '' } = await findBrowsers();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launchPersistentContext(profile, { executablePath, args });
}

/** Kills the browser of a profile. */
async function killBrowser(context: BrowserContext, profile: string): Promise<void> {
  const gone = new Promise((resolve) => context.once('close', resolve));
  // Chromium locks its profile with a link that names its process: "host-pid".
  await killGroup(Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1)));
  await gone;
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

test('42 crashes of the renderer at random moments lose nothing that was acknowledged', {
  timeout: 240_000,
}, async () => {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext();
    const reader = await context.newPage();
    const acknowledged: number[] = [];
    let next = 0;
    for (let round = 0; round < 42; round++) {
      const page = await context.newPage();
      acknowledged.push(...(await writeUntil(page, next, () => crash(context, page))));
      await page.close();
      next = check(await readBack(reader), acknowledged);
    }
    expect(acknowledged.length).toBeGreaterThan(42 * 40);
  } finally {
    await browser.close();
  }
});

test('8 kills of the whole browser at random moments lose nothing that was acknowledged', {
  timeout: 240_000,
}, async () => {
  const profile = await makeProfile();
  let acknowledged: number[] = [];
  let written = 0;
  let next = 0;
  let context = await openBrowser(profile);
  try {
    for (let round = 0; round < 8; round++) {
      const killed = context;
      const added = await writeUntil(await killed.newPage(), next, () => killBrowser(killed, profile));
      acknowledged.push(...added);
      written += added.length;
      context = await openBrowser(profile);
      const back = await readBack(await context.newPage());
      if (back.errors.some(({ code }) => code === 'POISE_LOG_LOST')) {
        // The kill before this one has cut off a write of the browser's own: see the test below.
        expect(back.found).toEqual([]);
        acknowledged = [];
        next = 0;
      } else next = check(back, acknowledged);
    }
  } finally {
    await context.close();
  }
  expect(written).toBeGreaterThan(8 * 40);
});

/**
 * LevelDB, on which Chromium's IndexedDB stands, writes on behind a record that was cut off, cannot read past it at the next
 * start, and Chromium deletes the whole database then. There is nothing that a page could do, but it can be told.
 */
test('a log that the browser had to delete says so, and goes on', { timeout: 120_000 }, async ({ skip }) => {
  const profile = await makeProfile();
  let context = await openBrowser(profile);
  const writeAndKill = (from: number) =>
    context.newPage().then((page) => writeUntil(page, from, () => killBrowser(context, profile)));
  try {
    await writeAndKill(0);
    const directory = join(profile, 'Default', 'IndexedDB');
    const files = await readdir(directory, { recursive: true }).catch((): string[] => []);
    const name = files.find((file) => file.endsWith('.log'));
    if (name === undefined) return skip('this Chromium keeps IndexedDB in other files');
    const file = join(directory, name);
    await truncate(file, (await stat(file)).size - 7);
    context = await openBrowser(profile);
    const next = check(await readBack(await context.newPage()), []);
    expect(next).toBeGreaterThan(0);
    await writeAndKill(next);
    context = await openBrowser(profile);
    const { found, errors } = await readBack(await context.newPage());
    expect(found).toEqual([]);
    expect(errors).toEqual([
      { code: 'POISE_LOG_LOST', message: expect.stringMatching(/the browser deleted the log 'survival': .*corrupt/) },
    ]);
    const again = await writeAndKill(0);
    context = await openBrowser(profile);
    check(await readBack(await context.newPage()), again);
  } finally {
    await context.close();
  }
});
