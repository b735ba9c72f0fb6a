import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CacheManager } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { PerformanceMonitor } from '../../src/monitor/index.js';
import { monitorSource } from '../../src/overlay/monitor-source.js';
import type { Overlay, OverlayOptions } from '../../src/overlay/mount-overlay.js';
import type { OverlaySource } from '../../src/overlay/overlay-source.js';
import { createPoisePool } from '../../src/workers/index.js';
import { figure, openPanel, overlayOver, panelText, pressButton, rootOf, statusText, tabs } from './opened.js';

const MARKUP = '<img src=x onerror="window.leaked = true">';

let monitor: PerformanceMonitor;
let caches: CacheManager;
let source: OverlaySource;
let logName: string;
const overlays: Overlay[] = [];

/** A page with every part on, and something in each. */
beforeEach(async () => {
  localStorage.clear();
  logName = `overlay-${crypto.randomUUID()}`;
  // Not the browser's vitals: the observers of web-vitals stay on the page for good.
  const collect = { webVitals: false, pressure: false, storage: false, network: true, networkHeaders: true };
  monitor = new PerformanceMonitor({ logName, collect, autoOptimize: false });
  await monitor.start();
  caches = new CacheManager();
  caches.getCache<string, string>('prices').set('a', 'b');
  source = monitorSource(monitor, { caches, workers: { poise: createPoisePool() } });
});
afterEach(async () => {
  for (const overlay of overlays.splice(0)) overlay[disposeSymbol]();
  caches[disposeSymbol]();
  const log = monitor.getLogRotator();
  monitor[disposeSymbol]();
  await log?.flush();
  indexedDB.deleteDatabase(`poise-logs:${logName}`);
});

async function open(panel: string, options: Partial<OverlayOptions> = {}): Promise<Overlay> {
  const overlay = overlayOver(source, options);
  overlays.push(overlay);
  await openPanel(overlay, panel);
  return overlay;
}
const records = () => [...rootOf().querySelectorAll<HTMLElement>('.records [role="option"]')];

describe('a panel shows live figures, and acts:', () => {
  it('memory gives back', async () => {
    const memory = monitor.getMemoryManager();
    for (let at = 0; at < 200; at++) memory?.add({ at });
    await open('memory');
    await expect.poll(() => figure('Entries')).toBe('200');
    memory?.add({ at: 200 });
    await expect.poll(() => figure('Entries')).toBe('201');
    pressButton('Give memory back');
    await expect.poll(statusText).toMatch(/given back/);
    expect(memory?.stats.entries).toBeLessThan(201);
    await expect.poll(() => figure('Entries')).toBe(String(memory?.stats.entries));
  });

  it('updates count what was asked for', async () => {
    await open('updates');
    monitor.getUpdateThrottler()?.requestUpdate(() => undefined, { key: 'a' });
    monitor.getUpdateThrottler()?.requestUpdate(() => undefined, { key: 'a' });
    await expect.poll(() => figure('Saved')).toBe('50 %');
  });

  it('logs are written, rotated, exported and cleared', async () => {
    const log = monitor.getLogRotator();
    if (!log) throw new Error('no log');
    await open('logs');
    for (let line = 0; line < 30; line++) log.addEntry({ line });
    pressButton('Write now');
    await expect.poll(statusText).toBe('What waited is written.');
    await expect.poll(() => figure('Entries')).toBe('30');
    await expect.poll(() => records().at(-1)?.textContent?.trim(), { timeout: 3_000 }).toBe('{"line":29}');
    pressButton('Rotate');
    await expect.poll(statusText).toBe('A new segment was begun.');
    expect(log.stats.rotatedFiles).toBe(1);
    const kept = vi.spyOn(URL, 'createObjectURL');
    pressButton('Export');
    await expect.poll(statusText).toBe('The log was saved.');
    const [blob] = kept.mock.calls[0] ?? [];
    kept.mockRestore();
    expect(blob instanceof Blob && (await blob.text()).trim().split('\n')).toHaveLength(30);
    pressButton('Clear');
    await expect.poll(statusText).toBe('The log is empty.');
    await expect.poll(() => figure('Entries')).toBe('0');
    expect(log.stats.entries).toBe(0);
  });

  it('a log that can’t be cleared says why', async () => {
    const { stats } = monitor.getLogRotator() ?? {};
    if (!stats) throw new Error('no log');
    source = { logs: { stats, clear: () => Promise.reject(new Error('locked')) } };
    await open('logs');
    pressButton('Clear');
    await expect.poll(statusText).toContain('locked');
  });

  it('requests are listed as they come; one that is chosen is shown whole', async () => {
    await open('network');
    await fetch(`/missing?q=${MARKUP}`).catch(() => undefined);
    await expect.poll(() => records().length).toBeGreaterThan(0);
    records().at(-1)?.click();
    await expect.poll(() => rootOf().querySelector('.chosen')?.textContent).toContain('Response headers');
    pressButton('Close');
    await expect.poll(() => rootOf().querySelector('.chosen')).toBeNull();
    expect(rootOf().activeElement?.className).toBe('records');
  });

  it('a cache is emptied', async () => {
    await open('caches');
    expect(figure('Entries')).toBe('1');
    pressButton('Empty');
    await expect.poll(() => figure('Entries')).toBe('0');
    expect(caches.getCache('prices').size).toBe(0);
    expect(statusText()).toBe('The cache prices is empty.');
  });

  it('alerts: the load is brought down', async () => {
    await open('alerts');
    expect(figure('Score')).toBe('100');
    pressButton('Optimise now');
    await expect.poll(statusText).not.toBe('');
    await expect.poll(panelText).toContain('forced');
    expect(monitor.getPerformanceStats().optimizations).toHaveLength(1);
  });

  it('workers are named', async () => {
    await open('workers');
    expect(panelText()).toContain('poise');
    expect(figure('Workers')).toBe('0');
  });

  it('the overview leads to the panel that shows more', async () => {
    const cleanup = () => {
      throw new Error('in use');
    };
    monitor.getResourceManager()?.register('chart', 'memory', source, { cleanup });
    await monitor.getResourceManager()?.cleanup();
    await open('overview');
    expect(panelText()).toContain('1 clean-up failed.');
    pressButton('Show me: 1 clean-up failed.');
    await expect.poll(panelText).toContain('Would not end');
  });
});

it('a session is recorded to a file, and the file opened again', async () => {
  monitor.getMemoryManager()?.add({ first: true });
  await open('memory');
  pressButton('Record a session');
  await expect.poll(() => rootOf().querySelector('[role="timer"]'), { timeout: 4_000 }).not.toBeNull();
  await expect.poll(() => rootOf().querySelector('[role="timer"]')?.textContent, { timeout: 5_000 }).toBe('2.0 s');
  const kept = vi.spyOn(URL, 'createObjectURL');
  pressButton('Stop recording and save the session');
  const [blob] = kept.mock.calls[0] ?? [];
  kept.mockRestore();
  if (!(blob instanceof Blob)) throw new Error('nothing was saved');
  monitor.getMemoryManager()?.add({ first: false });
  await expect.poll(() => figure('Entries')).toBe('2');

  const input = rootOf().querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error('no file input');
  const choose = (file: File) => {
    const files = new DataTransfer();
    files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event('change'));
  };
  choose(new File([blob], 'poise-session.json'));
  await expect.poll(() => rootOf().querySelector('.playback')).not.toBeNull();
  await expect.poll(() => figure('Entries')).toBe('1');
  // What is over can't be acted on.
  expect([...rootOf().querySelectorAll('.panel button')]).toEqual([]);
  pressButton('Back to now');
  await expect.poll(() => figure('Entries')).toBe('2');

  choose(new File(['<b>none</b>'], 'other.json'));
  await expect.poll(statusText).toContain('no JSON');
});

it('markup in URLs, log lines and names is text', async () => {
  monitor.getLogRotator()?.addEntry({ line: MARKUP });
  await monitor.getLogRotator()?.flush();
  monitor.getResourceManager()?.register(MARKUP, 'network', new AbortController());
  caches.getCache<string, number>(MARKUP).set('a', 1);
  const overlay = await open('logs');
  for (const id of ['logs', 'resources', 'caches']) {
    await openPanel(overlay, id);
    await expect.poll(panelText, { timeout: 3_000 }).toContain('<img src=x');
    expect(rootOf().querySelector('img')).toBeNull();
  }
  expect('leaked' in window).toBe(false);
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  it('axe finds nothing in any panel on live data', async () => {
    monitor.getResourceManager()?.register('search', 'network', new AbortController());
    monitor.getLogRotator()?.addEntry({ line: 1 });
    await monitor.getLogRotator()?.flush();
    await fetch('/missing').catch(() => undefined);
    const overlay = await open('overview', { theme });
    pressButton('Record a session');
    for (const { id } of tabs()) {
      await openPanel(overlay, id.replace('tab-', ''));
      if (/logs|network/.test(id)) {
        await expect.poll(() => records().length, { timeout: 3_000 }).toBeGreaterThan(0);
        records()[0]?.click();
      }
      const { violations } = await axe.run(document.querySelector('poise-overlay-window') ?? document, {
        rules: { region: { enabled: false } },
      });
      expect(
        violations.map(({ id: rule, nodes }) => `${id} ${rule}: ${nodes.map(({ html }) => html).join(' ')}`),
      ).toEqual([]);
    }
  }, 30_000);
});
