import type { Browser, Page } from 'playwright';
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

/** A page that paints, and counts the performance observers that were ever made in it. */
async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    const counted = { observers: 0 };
    Reflect.set(globalThis, 'counted', counted);
    globalThis.PerformanceObserver = new Proxy(PerformanceObserver, {
      construct(Observer, args) {
        counted.observers++;
        return Reflect.construct(Observer, args);
      },
    });
  });
  await page.goto(site.url);
  await page.evaluate(() => {
    document.body.innerHTML = '<h1 id="title">poise</h1><button id="more">more</button>';
  });
  return page;
}

test('web-vitals is registered once, however often it is subscribed to, and tells nothing to who has left', async () => {
  const page = await openPage();
  const result = await page.evaluate(async (path) => {
    const { observeWebVitals } = await load<typeof Collect>(path);
    const counted: { observers: number } = Reflect.get(globalThis, 'counted');
    const until = async (done: () => boolean) => {
      while (!done()) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const first = new Set<string>();
    const watch = observeWebVitals().subscribe((vital) => first.add(vital.name));
    await until(() => first.has('LCP') && first.has('CLS'));
    const observers = counted.observers;
    watch.unsubscribe();
    const late: string[] = [];
    for (let i = 0; i < 1_000; i++)
      observeWebVitals()
        .subscribe((vital) => late.push(vital.name))
        .unsubscribe();
    const told = late.length;
    const heard: string[] = [];
    const again = observeWebVitals().subscribe((vital) => heard.push(vital.name));
    const atOnce = [...heard];
    document.body.insertAdjacentHTML('afterbegin', '<div style="height: 200px"></div>');
    await until(() => heard.length > atOnce.length);
    again.unsubscribe();
    return { added: counted.observers - observers, told, toldAfter: late.length - told, first: [...first], atOnce };
  }, COLLECT);
  expect(result.added).toBe(0);
  expect(result.toldAfter).toBe(0);
  expect(result.first.toSorted()).toEqual(['CLS', 'FCP', 'LCP', 'TTFB']);
  // Each of the thousand got what was known when it came, and so does the last one.
  expect(result.told).toBe(4_000);
  expect(result.atOnce.toSorted()).toEqual(['CLS', 'FCP', 'LCP', 'TTFB']);
  await page.close();
});

test('with reportAllChanges off, a vital comes when it can not change any more', async () => {
  const page = await openPage();
  await page.evaluate(async (path) => {
    const { observeWebVitals } = await load<typeof Collect>(path);
    const names: string[] = [];
    Reflect.set(globalThis, 'names', names);
    observeWebVitals({ reportAllChanges: false }).subscribe((vital) => names.push(vital.name));
  }, COLLECT);
  // web-vitals waits for idle time, and headless Chromium has none on a page at rest until its next frame.
  const names = () =>
    page.evaluate(async (): Promise<string[]> => {
      await new Promise(requestAnimationFrame);
      return Reflect.get(globalThis, 'names');
    });
  await expect.poll(names).toEqual(expect.arrayContaining(['TTFB', 'FCP']));
  expect(await names()).not.toContain('LCP');
  await page.click('#more');
  await expect.poll(names).toContain('LCP');
  expect(await names()).not.toContain('CLS');
  await page.close();
});

test('what it tells is plain data, and keeps no element alive', async () => {
  const page = await openPage();
  const protocol = await page.context().newCDPSession(page);
  await page.evaluate(async (path) => {
    const { observeWebVitals } = await load<typeof Collect>(path);
    const vitals: Collect.WebVital[] = [];
    Reflect.set(globalThis, 'vitals', vitals);
    observeWebVitals().subscribe((vital) => vitals.push(vital));
    const title = document.getElementById('title');
    if (title) Reflect.set(globalThis, 'title', new WeakRef(title));
    document.getElementById('more')?.addEventListener('click', () => {
      const end = performance.now() + 100;
      while (performance.now() < end);
      document.body.append('and more');
    });
  }, COLLECT);
  const has = (name: string) =>
    page.evaluate(async (wanted) => {
      await new Promise(requestAnimationFrame);
      return Reflect.get(globalThis, 'vitals').some((vital: { name: string }) => vital.name === wanted);
    }, name);
  await expect.poll(() => has('LCP')).toBe(true);
  await page.evaluate(() => document.body.insertAdjacentHTML('afterbegin', '<div style="height: 200px"></div>'));
  await page.click('#more');
  await expect.poll(() => has('INP'), { timeout: 5_000 }).toBe(true);
  await page.evaluate(() => {
    structuredClone(Reflect.get(globalThis, 'vitals'));
    document.body.replaceChildren();
  });
  await expect
    .poll(
      async () => {
        await protocol.send('HeapProfiler.collectGarbage');
        return await page.evaluate(() => Reflect.get(globalThis, 'title').deref() === undefined);
      },
      { timeout: 10_000 },
    )
    .toBe(true);
  await page.close();
});

test('soft navigations: each change of view by the user, with its URL and its largest paint', async () => {
  const page = await openPage();
  const seen = await page.evaluate(async (path) => {
    const { observeSoftNavigations } = await load<typeof Collect>(path);
    const views: Collect.SoftNavigation[] = [];
    Reflect.set(globalThis, 'views', views);
    let completed = false;
    const environment = { PerformanceObserver: undefined };
    observeSoftNavigations({ ...Object(globalThis), ...environment }).subscribe({ complete: () => (completed = true) });
    observeSoftNavigations().subscribe((view) => views.push(view));
    document.getElementById('more')?.addEventListener('click', () => {
      history.pushState({}, '', '/next.html');
      document.body.insertAdjacentHTML('beforeend', '<h2>The next view</h2>');
      const larger = () => document.body.insertAdjacentHTML('beforeend', '<h1 style="font-size: 90px">And more</h1>');
      setTimeout(larger, 250);
    });
    return { completed, supported: PerformanceObserver.supportedEntryTypes.includes('soft-navigation') };
  }, COLLECT);
  expect(seen.completed).toBe(true);
  const views = () => page.evaluate((): Collect.SoftNavigation[] => Reflect.get(globalThis, 'views'));
  await page.click('#more');
  if (!seen.supported) return;
  await expect.poll(async () => (await views()).at(-1)?.largestPaintMs ?? 0).toBeGreaterThan(240);
  const all = await views();
  expect(new Set(all.map((view) => view.navigationId)).size).toBe(1);
  expect(all.at(-1)?.url).toMatch(/\/next\.html$/);
  expect(all.at(-1)?.firstPaintMs).toBeLessThan(all.at(-1)?.largestPaintMs ?? 0);
  await page.close();
});
