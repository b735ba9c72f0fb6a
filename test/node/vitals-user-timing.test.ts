import { expect, test } from 'vitest';
import type * as Manager from '../../src/monitor/manager/index.js';
import { launchChromium, openTestSite } from '../support/test-site.js';

test("a measured operation stands in the browser's own trace, where its tools read it, with poise's track", async () => {
  const [site, browser] = await Promise.all([openTestSite(), launchChromium()]);
  try {
    const page = await browser.newPage();
    await page.goto(site.url);
    await browser.startTracing(page, { categories: ['blink.user_timing'] });
    await page.evaluate(async (path) => {
      const { PerformanceManager } = await load<typeof Manager>(path);
      const manager = new PerformanceManager();
      manager.measurePerformance('table', 'sort', () => undefined);
      await manager
        .measurePerformance('table', 'load', () => Promise.reject(new TypeError('no')))
        .catch(() => undefined);
    }, '/monitor.js');
    const trace = (await browser.stopTracing()).toString();
    for (const name of ['poise:table:sort', 'poise:table:load']) expect(trace).toContain(`"name":"${name}"`);
    const details = trace.match(/"detail":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(details.filter((detail) => detail.includes('track-entry') && detail.includes('poise'))).toHaveLength(2);
    expect(details.some((detail) => detail.includes('failed: TypeError'))).toBe(true);
  } finally {
    await browser.close();
    site.close();
  }
});
