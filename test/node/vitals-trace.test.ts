import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Collect from '../../src/collect/index.js';
import { traceBrowser } from '../support/browser-trace.js';
import { launchChromium, openTestSite, type TestSite } from '../support/test-site.js';

/** Vitals are compared with what the browser itself recorded of the same visit. */

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

/** A page whose modules are in the browser's cache, so that they do not hold up what is measured. */
async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.evaluate(async (path) => {
    const { observeWebVitals } = await load<typeof Collect>(path);
    observeWebVitals().subscribe().unsubscribe();
  }, COLLECT);
  return page;
}

/** Begins to keep the newest vitals of the page. */
async function watchVitals(page: Page): Promise<void> {
  await page.evaluate(async (path) => {
    const { observeWebVitals } = await load<typeof Collect>(path);
    const vitals: Record<string, Collect.WebVital> = {};
    Reflect.set(globalThis, 'vitals', vitals);
    observeWebVitals().subscribe((vital) => {
      vitals[vital.name] = vital;
    });
  }, COLLECT);
}

type Vitals = { readonly [Vital in Collect.WebVital as Vital['name']]?: Vital };
const readVitals = (page: Page): Promise<Vitals> => page.evaluate(() => Reflect.get(globalThis, 'vitals'));

/** Chromium gives times of paints in steps of 4 ms to pages, in both directions, and durations of events in steps of 8. */
const PAINT_STEP = 4;
const EVENT_STEP = 8;

/** web-vitals waits for idle time, and headless Chromium has none on a page at rest until its next frame. */
async function settle(page: Page): Promise<void> {
  await page.waitForTimeout(500);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.waitForTimeout(200);
}

test('a page that paints late: FCP and LCP are those of the trace, and LCP names the element', async () => {
  const page = await openPage();
  let vitals: Vitals = {};
  const trace = await traceBrowser(browser, page, async () => {
    await page.goto(site.url);
    await watchVitals(page);
    await page.evaluate(async () => {
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      await wait(200);
      document.body.innerHTML = '<p id="early">a few words</p>';
      await wait(500);
      document.body.insertAdjacentHTML('beforeend', '<h1 id="late" style="font-size: 90px">What counts</h1>');
    });
    await settle(page);
    vitals = await readVitals(page);
  });
  expect(trace.lcpMs).toBeGreaterThan(trace.fcpMs + 400);
  expect(Math.abs((vitals.FCP?.value ?? 0) - trace.fcpMs)).toBeLessThanOrEqual(PAINT_STEP);
  expect(Math.abs((vitals.LCP?.value ?? 0) - trace.lcpMs)).toBeLessThanOrEqual(PAINT_STEP);
  expect(vitals.LCP?.attribution.target).toBe('#late');
  expect(vitals.TTFB?.value).toBeGreaterThan(0);
  await page.close();
});

test('a page that shifts: CLS is that of the trace, the larger of two bursts, and names what moved', async () => {
  const page = await openPage();
  let vitals: Vitals = {};
  const trace = await traceBrowser(browser, page, async () => {
    await page.goto(site.url);
    await watchVitals(page);
    await page.evaluate(async () => {
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      document.body.innerHTML = `<div id="ad"></div><div id="story" style="height: 300px; background: teal">
        A story</div>`;
      const ad = document.getElementById('ad');
      const shift = (height: number) => ad?.style.setProperty('height', `${height}px`);
      await wait(300);
      shift(40);
      await wait(1_500);
      for (const height of [120, 200, 320]) {
        shift(height);
        await wait(200);
      }
    });
    await settle(page);
    vitals = await readVitals(page);
  });
  expect(trace.cls).toBeGreaterThan(0.1);
  expect(vitals.CLS?.value).toBeCloseTo(trace.cls, 6);
  expect(vitals.CLS?.attribution.target).toContain('story');
  await page.close();
});

test('a page that answers slowly: INP is that of the trace, and names the button and the script', async () => {
  const page = await openPage();
  let vitals: Vitals = {};
  const trace = await traceBrowser(browser, page, async () => {
    await page.goto(site.url);
    await watchVitals(page);
    await page.evaluate(() => {
      document.body.innerHTML = '<button id="slow">slow</button><button id="quick">quick</button><input id="name">';
      // In a script of its own, which the browser can name.
      const script = document.createElement('script');
      script.textContent = `
        function busy(ms) { const end = performance.now() + ms; while (performance.now() < end); }
        document.getElementById('slow').onclick = function slowAnswer() { busy(180); this.textContent += '.'; };
        document.getElementById('quick').onclick = function () { busy(10); this.textContent += '.'; };`;
      document.body.append(script);
    });
    await page.click('#quick');
    await page.click('#slow');
    await page.click('#name');
    await page.keyboard.type('abc');
    await settle(page);
    vitals = await readVitals(page);
  });
  expect(trace.inpMs).toBeGreaterThan(150);
  expect(Math.abs((vitals.INP?.value ?? 0) - trace.inpMs)).toBeLessThanOrEqual(EVENT_STEP);
  expect(vitals.INP?.attribution).toMatchObject({ target: '#slow', type: 'pointer' });
  expect(vitals.INP?.attribution.processingMs).toBeGreaterThanOrEqual(150);
  expect(vitals.INP?.attribution.longestScript?.functionName).toBe('slowAnswer');
  await page.close();
});

test('a page that is busy now and then: frames and dropped frames are within 2 % of the trace', async () => {
  await checkFrames(`
    let seed = 1;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const work = () => (random() < 0.15 ? 20 + random() * 80 : 1);`);
});

test('a page that is late by a frame each time: frames and dropped frames are within 2 % of the trace', async () => {
  await checkFrames('const work = () => 28;');
});

async function checkFrames(work: string): Promise<void> {
  const page = await openPage();
  let seen = { delivered: 0, dropped: 0 };
  const trace = await traceBrowser(browser, page, async () => {
    await page.goto(site.url);
    seen = await page.evaluate(
      async ([path, source]) => {
        const { observeFrames } = await load<typeof Collect>(path);
        const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
        document.body.innerHTML = '<div id="box" style="width: 100px; height: 100px; background: teal"></div>';
        const samples: Collect.FrameSample[] = [];
        const frames = observeFrames().subscribe((sample) => samples.push(sample));
        await wait(1_000);
        const script = document.createElement('script');
        script.textContent = `{
          ${source}
          const box = document.getElementById('box');
          let count = 0;
          requestAnimationFrame(function tick() {
            box.style.width = 100 + (count++ % 50) + 'px';
            const end = performance.now() + (window.calm ? 0 : work());
            while (performance.now() < end);
            if (!window.over) requestAnimationFrame(tick);
          });
        }`;
        document.body.append(script);
        await wait(200);
        // No late frame, with all that it dropped, lies across an edge of the period.
        Reflect.set(window, 'calm', true);
        await wait(300);
        const { startTime: from } = performance.mark('frames-start');
        Reflect.set(window, 'calm', false);
        await wait(8_000);
        Reflect.set(window, 'calm', true);
        await wait(300);
        const { startTime: to } = performance.mark('frames-end');
        Reflect.set(window, 'over', true);
        frames.unsubscribe();
        const inside = samples.filter(({ time }) => time >= from && time <= to);
        return { delivered: inside.length, dropped: inside.reduce((sum, { dropped }) => sum + dropped, 0) };
      },
      [COLLECT, work] as const,
    );
  });
  const truth = trace.frames('frames-start', 'frames-end');
  // One frame may lie on either edge of the period.
  expect(Math.abs(seen.delivered - truth.delivered)).toBeLessThanOrEqual(Math.max(1, truth.delivered * 0.02));
  expect(Math.abs(seen.dropped - truth.dropped)).toBeLessThanOrEqual(Math.max(1, truth.dropped * 0.02));
  expect(truth.dropped).toBeGreaterThan(50);
  await page.close();
}
