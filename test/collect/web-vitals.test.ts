import { expect, test } from 'vitest';
import { observeWebVitals, supportedWebVitals, type WebVital, type WebVitalName } from '../../src/collect/index.js';
import { detectEnvironment, disposeSymbol } from '../../src/core/index.js';
import { openFrame } from './frame-page.js';

const MODULE = new URL('../../src/collect/web-vitals.ts', import.meta.url).href;
/** Vitest has wrapped the import of web-vitals in a call of this. */
const RUNNER = '__vitest_browser_runner__';

/** web-vitals leaves its observers behind, so it runs in a page that goes. */
async function vitalsOf(names: readonly WebVitalName[]): Promise<WebVital[]> {
  const page = await openFrame();
  const found: WebVital[] = [];
  Reflect.set(page.window, 'tell', (vital: WebVital) => found.push(vital));
  Reflect.set(page.window, RUNNER, Reflect.get(window, RUNNER));
  page.run(`import(${JSON.stringify(MODULE)}).then(({ observeWebVitals }) => observeWebVitals().subscribe(tell))`);
  const missing = () => names.filter((name) => !found.some((vital) => vital.name === name));
  await expect.poll(missing, { timeout: 10_000 }).toEqual([]);
  page[disposeSymbol]();
  return found;
}

const unprompted = supportedWebVitals(detectEnvironment()).filter((name) => name === 'FCP' || name === 'TTFB');

test('what the browser can tell without being used is told, with attribution', async () => {
  expect(unprompted).toContain('TTFB');
  const found = await vitalsOf(unprompted);
  for (const vital of found) {
    expect(vital.value).toBeGreaterThanOrEqual(0);
    expect(vital.rating).toMatch(/^(good|needs-improvement|poor)$/);
    expect(Object.keys(vital.attribution).length).toBeGreaterThan(2);
    expect(structuredClone(vital)).toEqual(vital);
  }
});

test('without a page, and without observers, there is nothing: it completes', () => {
  const environment = detectEnvironment();
  for (const missing of ['document', 'PerformanceObserver'] as const) {
    const without = { ...environment, [missing]: undefined };
    let completed = false;
    observeWebVitals({ environment: without }).subscribe({ complete: () => (completed = true) });
    expect(completed, missing).toBe(true);
    expect(supportedWebVitals(without)).toEqual([]);
  }
});
