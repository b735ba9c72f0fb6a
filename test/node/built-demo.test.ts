import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type FolderServer, serveFolder } from '../support/serve-folder.js';
import { launchChromium } from '../support/test-site.js';
import { visit } from './consumer-site.js';

// The demo as `npm run build` makes it, from a server that knows nothing but files.

// The examples compute, on a machine that may have other tests to run.
vi.setConfig({ testTimeout: 120_000 });

let browser: Browser;
let site: FolderServer;
beforeAll(async () => {
  [browser, site] = await Promise.all([
    launchChromium(),
    serveFolder(fileURLToPath(new URL('../../demo/dist', import.meta.url))),
  ]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

test('traffic flows into the table and the log, which survives another page', async () => {
  const { page, problems } = await visit(browser, `${site.origin}/index.html`);
  await page.getByRole('row').nth(3).waitFor();
  await page.getByText('score', { exact: true }).waitFor();
  // Who leaves before the log has its database and has written for the first time leaves nothing.
  const hasWritten = () =>
    page.evaluate(async () => {
      const name = 'poise-logs:traffic';
      // Opening it would make it.
      if (!(await indexedDB.databases()).some((database) => database.name === name)) return false;
      const opened = indexedDB.open(name);
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        opened.onsuccess = () => resolve(opened.result);
        opened.onerror = () => reject(opened.error);
      });
      const counted = database.transaction('packs').objectStore('packs').count();
      await new Promise((resolve) => counted.addEventListener('success', resolve));
      database.close();
      return counted.result > 0;
    });
  await expect.poll(hasWritten, { timeout: 30_000 }).toBe(true);
  await page.goto(`${site.origin}/logs.html`);
  // What was written as the page before it went may come a moment later.
  const rows = page.getByRole('row');
  const isShown = async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    return await rows
      .nth(3)
      .waitFor({ timeout: 1_000 })
      .then(
        () => true,
        () => false,
      );
  };
  await expect.poll(isShown, { timeout: 20_000 }).toBe(true);
  // There is no server behind it that could feed it.
  expect(problems.filter((problem) => !problem.includes("/feed'"))).toEqual([]);
  await page.close();
});

test('the lab leaks, and its workers count', async () => {
  const { page, problems, workers } = await visit(browser, `${site.origin}/lab.html`);
  // Where there is less room the overlay waits for its pill.
  await page.setViewportSize({ width: 900, height: 900 });
  await page.reload();
  await page.getByRole('button', { name: 'Leak or stop' }).click();
  await page.getByText('Leaking.').waitFor();
  await page.getByRole('button', { name: 'Count on workers' }).click();
  await expect.poll(() => workers).not.toEqual([]);
  expect(problems).toEqual([]);
  await page.close();
});

test.each(['caching', 'parallelization', 'memory'])('the example of %s runs to its end', async (name) => {
  const { page, problems } = await visit(browser, `${site.origin}/examples/${name}.html`);
  await page.getByText(/^Done: /).waitFor();
  console.log(`${name}:`, await page.locator('#outcome').textContent());
  expect(problems).toEqual([]);
  await page.close();
});
