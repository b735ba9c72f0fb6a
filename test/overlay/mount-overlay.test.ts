import axe from 'axe-core';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FrameSample } from '../../src/collect/frames.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { ConfigError } from '../../src/core/errors.js';
import { mountOverlay, type Overlay } from '../../src/overlay/mount-overlay.js';
import type { OverlaySource } from '../../src/overlay/overlay-source.js';
import { ResourceManager } from '../../src/resources/resource-manager.js';
import { UpdateThrottler } from '../../src/throttle/update-throttler.js';

const disposers: Disposable[] = [];
function mount(source: OverlaySource = {}, options: Parameters<typeof mountOverlay>[1] = {}): Overlay {
  const overlay = mountOverlay({ frames$: new Subject<FrameSample>(), longFrames$: new Subject(), ...source }, options);
  disposers.push(overlay);
  return overlay;
}
const owned = <T extends Disposable>(thing: T): T => {
  disposers.push(thing);
  return thing;
};

beforeEach(() => localStorage.clear());
afterEach(() => {
  for (const disposer of disposers.splice(0).reverse()) disposer[disposeSymbol]();
});

const rootOf = (): ShadowRoot => {
  const root = document.querySelector('poise-overlay-window')?.shadowRoot;
  if (!root) throw new Error('the overlay is not open');
  return root;
};
const tabs = () => [...rootOf().querySelectorAll<HTMLElement>('[role="tab"]')];
const panelText = () => rootOf().querySelector('#panel')?.textContent ?? '';
const press = (target: EventTarget, key: string, init: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }));
const hotkey = () => press(document.body, 'P', { code: 'KeyP', altKey: true, shiftKey: true });

test('opens by its hot key on the overview, takes the focus, and gives it back when Escape closes it', async () => {
  const overlay = mount();
  const before = document.createElement('button');
  document.body.append(before);
  before.focus();
  hotkey();
  await expect.poll(() => overlay.isOpen).toBe(true);
  await expect.poll(() => rootOf().activeElement?.id).toBe('tab-overview');
  await expect.poll(panelText).toContain('Nothing is wrong');
  press(tabs()[0] ?? document, 'Escape');
  expect(overlay.isOpen).toBe(false);
  expect(document.querySelector('poise-overlay-window')).toBeNull();
  expect(document.activeElement).toBe(before);
  before.remove();
});

test('other keys, and the hot key with a modifier too many, are the page’s', async () => {
  const overlay = mount();
  expect(press(document.body, 'p', { code: 'KeyP' })).toBe(true);
  expect(press(document.body, 'P', { code: 'KeyP', altKey: true, shiftKey: true, ctrlKey: true })).toBe(true);
  expect(hotkey()).toBe(false);
  await expect.poll(() => overlay.isOpen).toBe(true);
});

test('opened by the app, it takes no focus', async () => {
  const overlay = mount();
  await overlay.open();
  expect(document.activeElement).toBe(document.body);
});

test('keys typed in the overlay do not reach the page', async () => {
  const overlay = mount();
  await overlay.open();
  const heard: string[] = [];
  const listen = ({ key }: KeyboardEvent) => heard.push(key);
  document.addEventListener('keydown', listen);
  press(tabs()[0] ?? document, '/');
  document.removeEventListener('keydown', listen);
  expect(heard).toEqual([]);
});

test('arrows go from tab to tab; each panel is loaded when it is first shown', async () => {
  const overlay = mount();
  await overlay.open();
  const [overview] = tabs();
  press(overview ?? document, 'ArrowDown');
  await expect.poll(panelText).toContain('Frames a second');
  expect(rootOf().activeElement?.id).toBe('tab-frames');
  press(rootOf().activeElement ?? document, 'End');
  expect(tabs().at(-1)?.getAttribute('aria-selected')).toBe('true');
  press(rootOf().activeElement ?? document, 'ArrowDown');
  expect(tabs()[0]?.getAttribute('aria-selected')).toBe('true');
});

test('a page without any part enabled says what to switch on', async () => {
  const overlay = mount();
  await overlay.open('updates');
  await expect.poll(panelText).toContain('No throttler here');
  await overlay.open('resources');
  await expect.poll(panelText).toContain('No resources here');
});

test('the updates panel shows the throttler and changes its mode', async () => {
  const throttler = owned(new UpdateThrottler({ mode: 'fixed' }));
  const overlay = mount({ throttler });
  await overlay.open('updates');
  await expect.poll(() => rootOf().querySelector('select')?.value).toBe('fixed');
  const select = rootOf().querySelector('select');
  if (!select) throw new Error('no select');
  select.value = 'burst';
  select.dispatchEvent(new Event('change'));
  expect(throttler.config.mode).toBe('burst');
  await expect.poll(() => rootOf().querySelector('[role="status"]')?.textContent).toContain('burst');
});

test('the resources panel ends what is registered', async () => {
  const resources = owned(new ResourceManager());
  const controller = new AbortController();
  resources.register('search', 'network', controller);
  const overlay = mount({ resources });
  await overlay.open('resources');
  await expect.poll(panelText).toContain('search');
  const button = [...rootOf().querySelectorAll('button')].find(({ textContent }) =>
    textContent?.includes('End network'),
  );
  button?.click();
  await expect.poll(() => controller.signal.aborted).toBe(true);
  await expect.poll(panelText).toContain('Nothing is registered');
});

test('a clean-up that fails is the worst finding, with what is to blame', async () => {
  const resources = owned(new ResourceManager());
  const held = {};
  resources.register('<b>chart</b>', 'memory', held, {
    cleanup: () => {
      throw new Error('will not');
    },
  });
  await resources.cleanup();
  const overlay = mount({ resources });
  await overlay.open();
  await expect.poll(panelText).toContain('One thing is wrong');
  expect(panelText()).toContain('<b>chart</b>');
  expect(rootOf().querySelector('b')).toBeNull();
});

test('frames and the script to blame', async () => {
  const frames$ = new Subject<FrameSample>();
  const longFrames$: Subject<never> = new Subject();
  const overlay = mount({ frames$, longFrames$ });
  await overlay.open('frames');
  const now = performance.now();
  for (let frame = 1; frame <= 60; frame++)
    frames$.next({
      time: now - 1_000 + frame * 16,
      intervalMs: 16,
      dropped: frame === 60 ? 20 : 0,
      displayIntervalMs: 16,
    });
  await expect.poll(panelText).toContain('25 %');
});

test('a panel whose part throws says so; the overlay goes on', async () => {
  const overlay = mount({
    resources: {
      getReport: () => {
        throw new Error('no report today');
      },
    },
  });
  await overlay.open('resources');
  await expect.poll(panelText).toContain('no report today');
  await overlay.open('frames');
  await expect.poll(panelText).toContain('Frames a second');
});

test('mounted twice, opened twice: two overlays that do not know each other', async () => {
  const [one, other] = [mount(), mount({}, { hotkey: false, storageKey: 'other' })];
  await Promise.all([one.open(), one.open('frames'), other.open()]);
  expect(document.querySelectorAll('poise-overlay-window')).toHaveLength(2);
  one.close();
  expect(document.querySelectorAll('poise-overlay-window')).toHaveLength(1);
});

test('disposed while it opens, it leaves nothing', async () => {
  const overlay = mount();
  const opening = overlay.open();
  overlay[disposeSymbol]();
  await opening;
  expect(document.querySelector('poise-overlay-window, poise-pill')).toBeNull();
});

test('it moves nothing in the page', async () => {
  const before = document.documentElement.getBoundingClientRect();
  const { scrollHeight, scrollWidth } = document.documentElement;
  await mount().open();
  expect(document.documentElement.getBoundingClientRect()).toEqual(before);
  expect([document.documentElement.scrollHeight, document.documentElement.scrollWidth]).toEqual([
    scrollHeight,
    scrollWidth,
  ]);
});

test("a page's hostile reset and right-to-left text leave it as it is, and nothing leaks out", async () => {
  await mount().open();
  const overlay = document.querySelector('poise-overlay-window');
  if (!overlay) throw new Error('not open');
  const shape = () => {
    const { position, display, direction, zIndex } = getComputedStyle(overlay);
    const { width, height } = overlay.getBoundingClientRect();
    return { position, display, direction, zIndex, width, height };
  };
  const outside = document.createElement('button');
  document.body.append(outside);
  const look = () => getComputedStyle(outside).getPropertyValue('color') + getComputedStyle(outside).borderRadius;
  const [before, beforeOutside] = [shape(), look()];
  const style = document.createElement('style');
  style.textContent =
    '* { all: unset !important; } poise-overlay-window { display: none !important; } html { direction: rtl !important; }';
  document.head.append(style);
  expect(shape()).toEqual(before);
  style.remove();
  expect(look()).toBe(beforeOutside);
  outside.remove();
});

test('axe finds nothing in any panel', async () => {
  const throttler = owned(new UpdateThrottler());
  const resources = owned(new ResourceManager());
  resources.register('search', 'network', new AbortController());
  const overlay = mount({ throttler, resources });
  await overlay.open();
  for (const { id } of tabs()) {
    await overlay.open(id.replace('tab-', ''));
    await expect.poll(panelText).not.toContain('Loading');
    const { violations } = await axe.run(document.body, {
      rules: {
        'page-has-heading-one': { enabled: false },
        region: { enabled: false },
        'landmark-one-main': { enabled: false },
      },
    });
    expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
});

test.each([
  ['hotkey', { hotkey: 'p' }],
  ['hotkey', { hotkey: 'shift+p' }],
  ['theme', { theme: 'blue' }],
  ['parent', { parent: {} }],
  ['colour', { colour: 'red' }],
])('a bad %s is refused by name', (option, config) => {
  const call = () => Reflect.apply(mountOverlay, undefined, [{}, config]);
  expect(call).toThrow(ConfigError);
  expect(call).toThrow(new RegExp(`mountOverlay: ${option} must be`));
  expect(document.querySelector('poise-pill')).toBeNull();
});
