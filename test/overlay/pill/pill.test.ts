import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { disposeSymbol } from '../../../src/core/disposer.js';
import { ConfigError } from '../../../src/core/errors.js';
import type { FrameTiming } from '../../../src/overlay/frame-window.js';
import { mountPill, type Pill } from '../../../src/overlay/pill/pill.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const pills: Pill[] = [];
const mount = (options: Parameters<typeof mountPill>[0] = {}): Pill => {
  const pill = mountPill(options);
  pills.push(pill);
  return pill;
};

beforeEach(() => localStorage.clear());
afterEach(() => {
  for (const pill of pills.splice(0)) pill[disposeSymbol]();
});

const handleOf = ({ element }: Pill): HTMLElement => {
  const handle = element.shadowRoot?.querySelector('[part="pill"]');
  if (!(handle instanceof HTMLElement)) throw new Error('the pill has no handle');
  return handle;
};
const textOf = (pill: Pill) => [...handleOf(pill).querySelectorAll('.value')].map(({ textContent }) => textContent);
const press = (pill: Pill, key: string, init: KeyboardEventInit = {}) =>
  handleOf(pill).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }),
  );

test('shows the frames of the last five seconds', () => {
  const clock = new VirtualClock();
  const frames$ = new Subject<FrameTiming>();
  const pill = mount({ clock, frames$ });
  frames$.next({ time: 10, intervalMs: undefined });
  for (let at = 1; at <= 50; at++) frames$.next({ time: 10 * at, intervalMs: at === 50 ? 120 : 10 });
  clock.advance(600);
  expect(textOf(pill)).toEqual(['82', '120 ms']);
  clock.advance(6_000);
  expect(textOf(pill)).toEqual(['–', '–']);
});

test("shows a throttler's updates a second", () => {
  const clock = new VirtualClock();
  const throttler = { stats: { executed: 100, throttled: 5_000 } };
  const pill = mount({ clock, frames$: new Subject(), throttler });
  for (let quarter = 1; quarter <= 12; quarter++) {
    throttler.stats = { executed: 100 + 15 * quarter, throttled: 5_000 + 500 * quarter };
    clock.advance(250);
  }
  expect(textOf(pill).slice(2)).toEqual([60, 2_000].map((rate) => rate.toLocaleString('en')));
});

test('writes at most four times a second', async () => {
  const clock = new VirtualClock();
  const frames$ = new Subject<FrameTiming>();
  const pill = mount({ clock, frames$ });
  let writes = 0;
  const observer = new MutationObserver(() => {
    writes++;
  });
  observer.observe(handleOf(pill), { characterData: true, subtree: true });
  for (let frame = 1; frame <= 200; frame++) {
    frames$.next({ time: clock.now(), intervalMs: frame });
    clock.advance(10);
    await Promise.resolve();
  }
  observer.disconnect();
  expect(writes).toBeGreaterThan(4);
  expect(writes).toBeLessThanOrEqual(8);
});

test('two pills live side by side, each with its own figures', () => {
  const clock = new VirtualClock();
  const one$ = new Subject<FrameTiming>();
  const other$ = new Subject<FrameTiming>();
  const [one, other] = [mount({ clock, frames$: one$ }), mount({ clock, frames$: other$ })];
  one$.next({ time: 0, intervalMs: 10 });
  other$.next({ time: 0, intervalMs: 20 });
  clock.advance(250);
  expect([textOf(one)[0], textOf(other)[0]]).toEqual(['100', '50']);
  one[disposeSymbol]();
  expect(other.element.isConnected).toBe(true);
});

test('unmounted, it leaves nothing behind', () => {
  const clock = new VirtualClock();
  const frames$ = new Subject<FrameTiming>();
  const pill = mount({ clock, frames$ });
  expect(clock.waiting).toBe(1);
  expect(frames$.observed).toBe(true);
  pill[disposeSymbol]();
  pill[disposeSymbol]();
  expect(pill.element.isConnected).toBe(false);
  expect(document.querySelector('poise-pill')).toBeNull();
  expect(frames$.observed).toBe(false);
  expect(clock.waiting).toBe(0);
  expect(localStorage.length).toBe(0);
});

test('frames that fail take nothing with them', () => {
  const clock = new VirtualClock();
  const frames$ = new Subject<FrameTiming>();
  const pill = mount({ clock, frames$ });
  frames$.next({ time: 0, intervalMs: 10 });
  frames$.error(new Error('no frames here'));
  clock.advance(500);
  expect(textOf(pill)).toEqual(['–', '–']);
});

test('a throttler that cannot be read takes nothing with it', () => {
  const clock = new VirtualClock();
  const throttler = {
    get stats(): never {
      throw new Error('not now');
    },
  };
  mount({ clock, frames$: new Subject(), throttler });
  clock.advance(1_000);
  // Still at work: the next look is planned.
  expect(clock.waiting).toBe(1);
});

test('a hidden page costs nothing', () => {
  const clock = new VirtualClock();
  const frames$ = new Subject<FrameTiming>();
  let state: DocumentVisibilityState = 'visible';
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  try {
    mount({ clock, frames$ });
    state = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    expect([clock.waiting, frames$.observed]).toEqual([0, false]);
    state = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect([clock.waiting, frames$.observed]).toEqual([1, true]);
  } finally {
    Reflect.deleteProperty(document, 'visibilityState');
  }
});

test('takes no room in the page', () => {
  const before = document.documentElement.getBoundingClientRect();
  const { scrollHeight, scrollWidth } = document.documentElement;
  mount({ frames$: new Subject() });
  expect(document.documentElement.getBoundingClientRect()).toEqual(before);
  expect([document.documentElement.scrollHeight, document.documentElement.scrollWidth]).toEqual([
    scrollHeight,
    scrollWidth,
  ]);
});

test("the page's styles stay outside", () => {
  const style = document.createElement('style');
  style.textContent = 'div, span, poise-pill { font-size: 60px !important; } span { display: none; }';
  document.head.append(style);
  const pill = mount({ frames$: new Subject() });
  const value = handleOf(pill).querySelector('.value');
  expect(value && getComputedStyle(value).display).not.toBe('none');
  style.remove();
});

test('arrow keys move it, Shift moves it further, Home brings it back', () => {
  const pill = mount({ frames$: new Subject() });
  const start = pill.element.getBoundingClientRect();
  press(pill, 'ArrowLeft');
  press(pill, 'ArrowUp', { shiftKey: true });
  const moved = pill.element.getBoundingClientRect();
  expect([start.left - moved.left, start.top - moved.top]).toEqual([8, 64]);
  press(pill, 'Home');
  expect(pill.element.getBoundingClientRect()).toEqual(start);
});

test('keys that it does not know go on to the page', () => {
  const pill = mount({ frames$: new Subject() });
  expect(press(pill, 'p')).toBe(true);
  expect(press(pill, 'ArrowLeft')).toBe(false);
  expect(press(pill, 'ArrowLeft', { ctrlKey: true })).toBe(true);
});

test('it can be reached by keyboard and has a name', () => {
  const handle = handleOf(mount({ frames$: new Subject() }));
  handle.focus();
  const root = handle.getRootNode();
  expect(root instanceof ShadowRoot && root.activeElement).toBe(handle);
  expect(handle.getAttribute('aria-label')).toMatch(/poise/);
});

test('it cannot be moved out of view', () => {
  const pill = mount({ frames$: new Subject() });
  for (let step = 0; step < 200; step++) press(pill, 'ArrowRight', { shiftKey: true });
  for (let step = 0; step < 200; step++) press(pill, 'ArrowUp', { shiftKey: true });
  const { top, right } = pill.element.getBoundingClientRect();
  expect([Math.round(top), Math.round(right)]).toEqual([0, document.documentElement.clientWidth]);
});

test('a pointer drags it', () => {
  const pill = mount({ frames$: new Subject() });
  const handle = handleOf(pill);
  const start = pill.element.getBoundingClientRect();
  // An untrusted pointer can't be captured, so the capture is left to the test.
  handle.setPointerCapture = () => undefined;
  const send = (type: string, clientX: number, clientY: number) =>
    handle.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, button: 0, bubbles: true }));
  send('pointerdown', 100, 100);
  send('pointermove', 70, 60);
  send('lostpointercapture', 70, 60);
  send('pointermove', 0, 0);
  const moved = pill.element.getBoundingClientRect();
  expect([start.left - moved.left, start.top - moved.top]).toEqual([30, 40]);
});

test('it remembers its place', () => {
  const first = mount({ frames$: new Subject() });
  press(first, 'ArrowLeft');
  const { left, top } = first.element.getBoundingClientRect();
  first[disposeSymbol]();
  const second = mount({ frames$: new Subject() }).element.getBoundingClientRect();
  expect([second.left, second.top]).toEqual([left, top]);
});

test.each(['', '{', '7', 'null', '{"right":"a","bottom":1}', '{"right":1e99,"bottom":-50}'])(
  'a stored place of %s does no harm',
  (stored) => {
    localStorage.setItem('poise:pill', stored);
    const { left, top, bottom, right } = mount({ frames$: new Subject() }).element.getBoundingClientRect();
    expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(document.documentElement.clientWidth);
    expect(bottom).toBeLessThanOrEqual(document.documentElement.clientHeight);
  },
);

test.each([
  ['frames$', { frames$: 5 }],
  ['throttler', { throttler: 'all' }],
  ['parent', { parent: {} }],
  ['storageKey', { storageKey: '' }],
  ['colour', { colour: 'red' }],
])('a bad %s is refused by name', (option, config) => {
  const call = () => Reflect.apply(mountPill, undefined, [config]);
  expect(call).toThrow(ConfigError);
  expect(call).toThrow(new RegExp(`mountPill: ${option.replace('$', '\\$')} must be`));
  expect(document.querySelector('poise-pill')).toBeNull();
});
