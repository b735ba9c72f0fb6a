import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FrameSample } from '../../src/collect/frames.js';
import type { LongFrame } from '../../src/collect/long-frames.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import type { Overlay } from '../../src/overlay/mount-overlay.js';
import type { OverlaySource } from '../../src/overlay/overlay-source.js';
import { ResourceManager } from '../../src/resources/index.js';
import { UpdateThrottler } from '../../src/throttle/index.js';
import { click, press } from '../support/input.js';
import { figure, openPanel, overlayOver, panelText, rootOf, tabs } from './opened.js';

const made: Disposable[] = [];
const owned = <Part extends Disposable>(part: Part): Part => {
  made.push(part);
  return part;
};
const overlayOf = (source: OverlaySource = {}): Overlay => owned(overlayOver(source));
beforeEach(() => localStorage.clear());
afterEach(() => {
  for (const part of made.splice(0).reverse()) part[disposeSymbol]();
});

/**
 * Firefox has one focus for all its tabs, and test files run in several: a real key or click here would take it from
 * another file's tests. The keys themselves are tested there too, in mount-overlay.test.ts.
 */
const sharesFocus = navigator.userAgent.includes('Firefox');

/** The element that has the focus, within shadow roots as well. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
const nameOf = (element: Element | null): string =>
  element?.getAttribute('aria-label') ?? element?.id ?? element?.textContent ?? '';

test.skipIf(sharesFocus)('the keyboard alone opens it, reaches everything, and closes it', async () => {
  const throttler = owned(new UpdateThrottler());
  const before = owned(buttonOnPage());
  overlayOf({ throttler });
  // A real click, so that the keyboard is this frame's.
  await click(before.button);
  const pill = document.querySelector('poise-pill')?.shadowRoot?.querySelector<HTMLElement>('[part="pill"]');
  pill?.focus();
  await press('Enter');
  await expect.poll(() => nameOf(focused())).toBe('tab-overview');
  await press('ArrowDown');
  await press('ArrowDown');
  await press('ArrowDown');
  await expect.poll(() => nameOf(focused())).toBe('tab-updates');
  await expect.poll(panelText).toContain('Mode');
  for (const next of ['panel', 'mode']) {
    await press('Tab');
    await expect.poll(() => nameOf(focused())).toBe(next);
  }
  await press('Escape');
  await expect.poll(() => document.querySelector('poise-overlay-window')).toBeNull();
  // Back on what opened it.
  await expect.poll(focused).toBe(pill);
});

test.skipIf(sharesFocus)('each button of the head is a stop for Tab, in order', async () => {
  const overlay = overlayOf();
  await openPanel(overlay, 'overview');
  await click(tabs()[0] ?? document.body);
  const buttons = [...rootOf().querySelectorAll<HTMLElement>('.head button, .head input')];
  expect(buttons.map(nameOf)).toEqual(['Record a session', 'Open a session', 'Make larger', 'Close the overlay']);
  buttons[0]?.focus();
  for (const button of buttons.slice(1)) {
    await press('Tab');
    await expect.poll(focused).toBe(button);
  }
  await press('Enter');
  await expect.poll(() => overlay.isOpen).toBe(false);
});

test('opening, using and closing it shifts nothing and steals no focus', async () => {
  if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return;
  const shifts: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
  observer.observe({ type: 'layout-shift' });
  owned({ [disposeSymbol]: () => observer.disconnect() });
  const { button } = owned(buttonOnPage());
  button.focus();
  const overlay = overlayOf({ throttler: owned(new UpdateThrottler()) });
  await openPanel(overlay, 'overview');
  expect(document.activeElement).toBe(button);
  for (const tab of tabs()) {
    await click(tab);
    await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true');
    await expect.poll(panelText).not.toBe('Loading');
  }
  overlay.close();
  await frames(3);
  expect(shifts.concat(observer.takeRecords())).toEqual([]);
  // The observer does tell of shifts.
  const spacer = document.createElement('div');
  spacer.style.height = '300px';
  await frames(2);
  document.body.prepend(spacer);
  await expect.poll(() => shifts.length).toBeGreaterThan(0);
  spacer.remove();
});

test('what it draws itself is no long frame, and each part is read once a drawing', async () => {
  const longFrames$ = new Subject<LongFrame>();
  const resources = owned(new ResourceManager());
  let reads = 0;
  let readAt = 0;
  const busy = {
    getReport: () => {
      reads++;
      // As long as a bad day: 60 ms in one drawing.
      const end = performance.now() + 60;
      while (performance.now() < end);
      readAt = performance.now();
      return resources.getReport();
    },
  };
  const overlay = overlayOf({ resources: busy, longFrames$ });
  await openPanel(overlay, 'resources');
  await expect.poll(() => figure('Active')).toBe('0');
  reads = 0;
  await expect.poll(() => reads, { interval: 1 }).toBe(1);
  const frame = { source: 'long-animation-frame', blockingMs: 0, scripts: [] } as const;
  // A frame that is long by the drawing alone.
  const startTime = readAt - 75;
  longFrames$.next({ ...frame, startTime, durationMs: 90 });
  await openPanel(overlay, 'frames');
  expect(figure('Long frames')).toBe('0');
  longFrames$.next({ ...frame, startTime: startTime - 5_000, durationMs: 90 });
  await expect.poll(() => figure('Long frames')).toBe('1');
});

test('unmounted while updates pour in: nothing is left, nothing throws', async () => {
  const frames$ = new Subject<FrameSample>();
  const throttler = owned(new UpdateThrottler());
  const overlay = overlayOf({ throttler, frames$ });
  await openPanel(overlay, 'updates');
  for (let frame = 0; frame < 50; frame++) {
    throttler.requestUpdate(() => undefined);
    frames$.next({ time: performance.now(), intervalMs: 16, dropped: 0, displayIntervalMs: 16 });
    if (frame === 25) overlay[disposeSymbol]();
  }
  await frames(3);
  expect(frames$.observed).toBe(false);
  expect(document.querySelector('poise-overlay-window, poise-pill')).toBeNull();
});

test('a closed overlay’s pill comes back and goes on; behind an open one it rests', async () => {
  const frames$ = new Subject<FrameSample>();
  let reads = 0;
  const throttler = {
    config: owned(new UpdateThrottler()).config,
    get stats() {
      reads++;
      return owned(new UpdateThrottler()).stats;
    },
  };
  const overlay = overlayOf({ throttler, frames$ });
  await expect.poll(() => reads).toBeGreaterThan(1);
  await openPanel(overlay, 'frames');
  reads = 0;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(reads).toBe(0);
  overlay.close();
  await expect.poll(() => reads).toBeGreaterThan(1);
});

const frames = async (count: number): Promise<void> => {
  for (let frame = 0; frame < count; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
};

function buttonOnPage(): Disposable & { readonly button: HTMLButtonElement } {
  const button = document.createElement('button');
  button.textContent = 'of the page';
  document.body.append(button);
  return { button, [disposeSymbol]: () => button.remove() };
}
