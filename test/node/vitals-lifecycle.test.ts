import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Collect from '../../src/collect/index.js';
import { findBrowsers } from '../../tools/browsers.mjs';
import { openTestSite, type TestSite } from '../support/test-site.js';
import { setInChromium } from '../support/visibility-command.js';

let site: TestSite;
let browser: Browser;
beforeAll(async () => {
  const { chromium: executablePath } = await findBrowsers();
  if (!executablePath) throw new Error('no Chromium found');
  [site, browser] = await Promise.all([
    openTestSite(),
    chromium.launch({
      executablePath,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

const COLLECT = '/collect.js';

async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(site.url);
  return page;
}

async function watchLifecycle(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(async (path) => {
    const { observePageLifecycle } = await load<typeof Collect>(path);
    const changes: string[] = [];
    Reflect.set(globalThis, 'changes', changes);
    observePageLifecycle().subscribe(({ state, cause, restored }) => {
      changes.push(`${state} by ${cause}${restored ? ', restored' : ''}`);
    });
  }, COLLECT);
  return () => page.evaluate((): string[] => Reflect.get(globalThis, 'changes'));
}

test('a page that is hidden, frozen, resumed and shown again', async () => {
  const page = await openPage();
  const changes = await watchLifecycle(page);
  const protocol = await page.context().newCDPSession(page);
  await setInChromium(page, 'hidden');
  await expect.poll(changes).toContain('hidden by visibilitychange');
  await protocol.send('Page.setWebLifecycleState', { state: 'frozen' });
  await page.waitForTimeout(500);
  await protocol.send('Page.setWebLifecycleState', { state: 'active' });
  // A busy browser tells of the blur before the resume.
  await expect
    .poll(async () => (await changes()).slice(-2).join())
    .toMatch(/^frozen by freeze,hidden by (resume|blur)$/);
  await setInChromium(page, 'visible');
  await expect.poll(async () => (await changes()).at(-1)).toMatch(/^(active|passive) by /);
  await page.close();
});

test('a page that is left and comes back from the back/forward cache', async () => {
  const page = await openPage();
  const changes = await watchLifecycle(page);
  await page.goto(`${site.url}?other`);
  // Playwright waits for a load that does not come.
  await page.goBack({ timeout: 2_000 }).catch(() => undefined);
  await expect.poll(changes).toContain('frozen by pagehide');
  await expect.poll(async () => (await changes()).at(-1)).toMatch(/^(active|passive|hidden) by pageshow, restored$/);
  await page.close();
});

/** A page of a machine whose pressure the test sets. */
async function openPageUnderPressure(available = true) {
  const page = await openPage();
  const protocol = await page.context().newCDPSession(page);
  const metadata = { available };
  await protocol.send('Emulation.setPressureSourceOverrideEnabled', { source: 'cpu', enabled: true, metadata });
  const set = (state: 'nominal' | 'fair' | 'serious' | 'critical') =>
    protocol.send('Emulation.setPressureStateOverride', { source: 'cpu', state });
  return { page, set };
}

test('Compute Pressure tells each change of state, and is silent after the end', async () => {
  const { page, set } = await openPageUnderPressure();
  await page.evaluate(async (path) => {
    const { observePressure } = await load<typeof Collect>(path);
    const states: string[] = [];
    const watch = observePressure({ sampleIntervalMs: 100 }).subscribe({
      next: ({ state }) => states.push(state),
      complete: () => states.push('completed'),
    });
    Object.assign(globalThis, { states, watch });
  }, COLLECT);
  const states = () => page.evaluate((): string[] => Reflect.get(globalThis, 'states'));
  for (const state of ['nominal', 'serious', 'serious', 'critical'] as const) {
    await expect
      .poll(async () => {
        await set(state);
        return (await states()).at(-1);
      })
      .toBe(state);
  }
  expect(await states()).toEqual(['nominal', 'serious', 'critical']);
  await page.evaluate(() => Reflect.get(globalThis, 'watch').unsubscribe());
  await set('fair');
  await page.waitForTimeout(500);
  expect(await states()).toHaveLength(3);
  await page.close();
});

test('Compute Pressure of a calm machine is asked for now and then, of a strained one all the time', async () => {
  const { page, set } = await openPageUnderPressure();
  await page.evaluate(async (path) => {
    const asked = { observing: 0, ended: 0 };
    const { prototype } = Reflect.get(globalThis, 'PressureObserver');
    const { observe, disconnect } = prototype;
    prototype.observe = function (...args: unknown[]) {
      asked.observing++;
      return Reflect.apply(observe, this, args);
    };
    prototype.disconnect = function () {
      asked.ended++;
      Reflect.apply(disconnect, this, []);
    };
    const { observePressure } = await load<typeof Collect>(path);
    const states: string[] = [];
    const watch = observePressure({ sampleIntervalMs: 100, calmIntervalMs: 300 }).subscribe(({ state }) =>
      states.push(state),
    );
    Object.assign(globalThis, { states, watch, asked });
  }, COLLECT);
  const asked = () =>
    page.evaluate((): { observing: number; ended: number } => ({ ...Reflect.get(globalThis, 'asked') }));
  const states = () => page.evaluate((): string[] => Reflect.get(globalThis, 'states'));
  await expect.poll(async () => await set('nominal').then(asked)).toMatchObject({ observing: 3 });
  await expect.poll(async () => await set('serious').then(states)).toEqual(['nominal', 'serious']);
  const { observing, ended } = await asked();
  expect(ended).toBe(observing - 1);
  for (let n = 0; n < 5; n++) {
    await set('serious');
    await page.waitForTimeout(100);
  }
  expect(await asked()).toEqual({ observing, ended });
  await expect.poll(async () => await set('nominal').then(states)).toEqual(['nominal', 'serious', 'nominal']);
  await page.evaluate(() => Reflect.get(globalThis, 'watch').unsubscribe());
  const after = await asked();
  await page.waitForTimeout(500);
  expect(await asked()).toEqual(after);
  await page.close();
});

test('where there is no pressure to tell the stream completes', async () => {
  const { page } = await openPageUnderPressure(false);
  const completed = await page.evaluate(async (path) => {
    const { observePressure } = await load<typeof Collect>(path);
    return await new Promise((resolve) => observePressure().subscribe({ complete: () => resolve(true) }));
  }, COLLECT);
  expect(completed).toBe(true);
  await page.close();
});
