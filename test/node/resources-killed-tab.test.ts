import type { Browser, BrowserContext } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Resources from '../../src/resources/index.js';
import { crash, launchChromium, openTestSite, type TestSite } from '../support/test-site.js';

let site: TestSite;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  [site, browser] = await Promise.all([openTestSite(), launchChromium()]);
  context = await browser.newContext();
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const RESOURCES = '/resources.js';

/** A tab that has written a temporary file, and can tell what is in it. */
async function openTab() {
  const page = await context.newPage();
  await page.goto(site.url);
  await page.evaluate(async (path) => {
    const { ResourceManager } = await load<typeof Resources>(path);
    const manager = new ResourceManager();
    const file = manager.temporary('file');
    await file.write('mine');
    Reflect.set(globalThis, 'readBack', async () => await (await file.read()).text());
  }, RESOURCES);
  return page;
}

test('the temporary files of a killed tab go when the next page starts, those of a living one stay', async () => {
  const [killed, living] = [await openTab(), await openTab()];
  await crash(context, killed);
  const next = await context.newPage();
  await next.goto(site.url);
  const removed = await next.evaluate(async (path) => {
    const { ResourceManager } = await load<typeof Resources>(path);
    const manager = new ResourceManager();
    manager.start();
    const deadline = performance.now() + 10_000;
    while (manager.stats.leftoversRemoved === 0 && performance.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('poise-temporary');
    let sessions = 0;
    for await (const _ of root.keys()) sessions++;
    return { removed: manager.stats.leftoversRemoved, sessions };
  }, RESOURCES);
  expect(removed).toEqual({ removed: 1, sessions: 1 });
  expect(await living.evaluate(() => Reflect.get(globalThis, 'readBack')())).toBe('mine');
});
