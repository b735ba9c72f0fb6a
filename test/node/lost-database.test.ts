import { readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Caches from '../../src/cache/index.js';
import type * as Logs from '../../src/logs/index.js';
import { BrowserProfile } from '../support/browser-profile.js';
import { openTestSite, type TestSite } from '../support/test-site.js';

/*
 * LevelDB, on which Chromium's IndexedDB stands, writes on behind a record that a kill has cut off, can not read past it at
 * the start after the next, and Chromium deletes all databases of the origin then. There is nothing that a page could do,
 * but it can be told.
 */

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site?.close());

interface Told {
  /** What was there when the page came. */
  readonly held: number;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

/** Each opens what it keeps, says what it holds, and makes some more durable. */
const KEEPERS: Readonly<Record<'log' | 'cache', (page: Page) => Promise<Told>>> = {
  log: (page) =>
    page.evaluate(async () => {
      const { LogRotator } = await load<typeof Logs>('/logs.js');
      const log = new LogRotator<{ n: number }>({ name: 'kept' });
      const errors: { code: string; message: string }[] = [];
      log.errors$.subscribe(({ code, message }) => errors.push({ code, message }));
      log.start();
      let held = 0;
      for await (const _ of log.query()) held++;
      for (let n = 0; n < 100; n++) log.addEntry({ n });
      if (!(await log.flush())) throw new Error('not durable');
      return { held, errors };
    }),
  cache: (page) =>
    page.evaluate(async () => {
      const { Cache } = await load<typeof Caches>('/cache.js');
      const cache = new Cache<string, string>({ name: 'kept', persistent: true });
      const errors: { code: string; message: string }[] = [];
      cache.errors$.subscribe(({ code, message }) => errors.push({ code, message }));
      const held = (await cache.load('key 0')) === undefined ? 0 : 1;
      for (let n = 0; n < 100; n++) cache.set(`key ${n}`, 'x'.repeat(100));
      if (!(await cache.flush())) throw new Error('not durable');
      return { held, errors };
    }),
};

/** Cuts off the end of what the browser wrote last, as a kill in the middle of a write does. */
async function tear(profile: BrowserProfile): Promise<boolean> {
  const directory = join(profile.folder, 'Default', 'IndexedDB');
  const files = await readdir(directory, { recursive: true }).catch((): string[] => []);
  const name = files.find((file) => file.endsWith('.log'));
  if (name === undefined) return false;
  const file = join(directory, name);
  await truncate(file, (await stat(file)).size - 7);
  return true;
}

test.for(['log', 'cache'] as const)(
  'a %s that the browser had to delete says so, and goes on',
  {
    timeout: 120_000,
  },
  async (kind, { skip }) => {
    const profile = await BrowserProfile.make();
    /** One browser, from its start to its death. */
    const visit = async (): Promise<Told> => {
      const context = await profile.open();
      const page = await context.newPage();
      await page.goto(site.url);
      const told = await KEEPERS[kind](page);
      await profile.kill(context);
      return told;
    };
    expect(await visit()).toEqual({ held: 0, errors: [] });
    if (!(await tear(profile))) return skip('this Chromium keeps IndexedDB in other files');
    // What was torn is not missed yet, and what is written behind it can not be read.
    expect((await visit()).errors).toEqual([]);
    const { held, errors } = await visit();
    expect(held).toBe(0);
    expect(errors).toEqual([{ code: `POISE_${kind.toUpperCase()}_LOST`, message: expect.stringMatching(/deleted/) }]);
    const after = await visit();
    expect(after.held).toBeGreaterThan(0);
    expect(after.errors).toEqual([]);
  },
);
