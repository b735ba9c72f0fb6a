import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { build, type Plugin } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowsers } from '../../tools/browsers.mjs';

/** A page with everything on, and some of everything happening. */
const APP = `
import { CacheManager } from 'poise/cache';
import { PerformanceMonitor } from 'poise/monitor';
import { monitorSource, mountOverlay } from 'poise/overlay';
import { createPoisePool } from 'poise/workers';
const monitor = new PerformanceMonitor({ collect: { network: true, networkHeaders: true } });
await monitor.start();
const caches = new CacheManager();
caches.getCache('prices').set('<img src=x onerror=alert(1)>', 1);
monitor.getResourceManager().register('<b>search</b>', 'network', new AbortController());
monitor.getLogRotator().addEntry({ line: '<script>alert(1)</script>' });
setInterval(() => monitor.getUpdateThrottler().requestUpdate(() => undefined, { key: 'a' }), 5);
await fetch('/index.html?<b>q</b>').then((response) => response.text());
const overlay = mountOverlay(monitorSource(monitor, { caches, workers: { poise: createPoisePool() } }));
window.openPanel = (id) => overlay.open(id);
`;

/** The package under its own name, from dist, as an app has it from npm. */
const ownPackage: Plugin = {
  name: 'own-package',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('poise/') ? fileURLToPath(import.meta.resolve(id)) : null),
};
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
const POLICY = "default-src 'self'; require-trusted-types-for 'script'";

let root: string;
let browser: Browser;
let server: Server;
let url: string;

beforeAll(async () => {
  // Inside the project, so that the dependencies are found.
  root = await mkdtemp(join(resolve('node_modules'), '.poise-overlay-'));
  await writeFile(
    join(root, 'index.html'),
    '<!doctype html><html lang="en"><title>page</title><body><script type="module" src="./app.js"></script>',
  );
  await writeFile(join(root, 'app.js'), APP);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [ownPackage],
    worker: { plugins: () => [ownPackage] },
    build: { target: 'es2022', modulePreload: { polyfill: false } },
  });
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    readFile(join(root, 'dist', path === '/' ? 'index.html' : path)).then(
      (body) => {
        response.setHeader('content-type', TYPES[extname(path)] ?? 'text/html');
        response.setHeader('content-security-policy', POLICY);
        response.end(body);
      },
      () => response.writeHead(204).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the server has no address');
  url = `http://127.0.0.1:${address.port}/`;
  const { chromium: executablePath } = await findBrowsers();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await new Promise((closed) => server?.close(closed));
  await rm(root, { recursive: true, force: true });
});

test('a built page under a strict policy: each panel opens without a violation, and markup stays text', async () => {
  const page = await browser.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('dialog', (dialog) => {
    wrong.push(`a script ran: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  await page.waitForFunction(() => 'openPanel' in window);
  // The pill alone: nothing of the panels is loaded yet.
  const loaded = () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect((await loaded()).filter((name) => /uPlot|overlay-window/i.test(name))).toEqual([]);
  await page.evaluate(() => Reflect.get(window, 'openPanel')('overview'));
  const tabs = page.locator('poise-overlay-window [role="tab"]');
  const panel = page.locator('poise-overlay-window #panel');
  expect(await tabs.count()).toBe(10);
  const seen: Record<string, string> = {};
  for (const tab of await tabs.all()) {
    await tab.click();
    await expect.poll(() => panel.textContent()).not.toBe('Loading');
    const id = (await tab.getAttribute('id')) ?? '';
    if (/frames|memory|updates/.test(id)) await panel.locator('.u-wrap').waitFor();
    if (/logs/.test(id)) await panel.locator('[role="option"]').first().click();
    if (/network/.test(id)) await panel.locator('[role="option"]').first().click();
    seen[id] = (await panel.textContent()) ?? '';
  }
  expect(seen['tab-logs']).toContain('<script>alert(1)</script>');
  expect(seen['tab-network']).toContain('/index.html?');
  expect(seen['tab-network']).toContain('content-security-policy: default-src');
  expect(seen['tab-resources']).toContain('<b>search</b>');
  expect(seen['tab-caches']).toContain('prices');
  expect(await panel.locator('script, b, img').count()).toBe(0);
  // All that was clicked is the overlay's own, which is none of the page's interactions.
  await tabs.filter({ hasText: 'Frames' }).click();
  await expect.poll(() => panel.textContent()).toContain('TTFB');
  expect(await panel.textContent()).not.toContain('poise-overlay');
  expect((await loaded()).filter((name) => /uPlot/i.test(name))).toHaveLength(1);
  expect(wrong).toEqual([]);
  // The policy bites, so that the silence above means something.
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = '<p>markup</p>';
    } catch (error) {
      return String(error);
    }
    return 'accepted';
  });
  expect(refused).toMatch(/TrustedHTML/);
  await page.close();
});
