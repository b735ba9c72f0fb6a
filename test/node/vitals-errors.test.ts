import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Collect from '../../src/collect/index.js';
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

const COLLECT = '/collect.js';

test("an error in another origin's script is told as such, with nothing made up", async () => {
  const page = await browser.newPage();
  await page.route('https://other.example/broken.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("theirs")' }),
  );
  await page.goto(site.url);
  const error = await page.evaluate(async (path) => {
    const { observeUncaughtErrors } = await load<typeof Collect>(path);
    return await new Promise<Collect.UncaughtError>((resolve) => {
      observeUncaughtErrors().subscribe(resolve);
      const script = document.createElement('script');
      script.src = 'https://other.example/broken.js';
      document.body.append(script);
    });
  }, COLLECT);
  expect(error).toMatchObject({ kind: 'error', message: 'Script error.', crossOrigin: true, count: 1 });
  expect([error.name, error.stack, error.source, error.line]).toEqual([undefined, undefined, undefined, undefined]);
  await page.close();
});

test('a listener of the stream that throws itself makes no storm of errors', async () => {
  const page = await browser.newPage();
  await page.goto(site.url);
  const calls = await page.evaluate(async (path) => {
    const { observeUncaughtErrors } = await load<typeof Collect>(path);
    let count = 0;
    observeUncaughtErrors({ repeatWindowMs: 200 }).subscribe(() => {
      count++;
      throw new Error('the listener itself');
    });
    setTimeout(() => {
      throw new Error('the first');
    });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return count;
  }, COLLECT);
  expect(calls).toBeGreaterThan(1);
  expect(calls).toBeLessThan(15);
  await page.close();
});
