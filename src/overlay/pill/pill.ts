import { BehaviorSubject, EMPTY, isObservable, type Observable, switchMap } from 'rxjs';
import { observeFrames } from '../../collect/frames.js';
import { type Clock, SystemClock } from '../../core/clock.js';
import { Disposer, disposeSymbol } from '../../core/disposer.js';
import { guard } from '../../core/guard.js';
import { observeVisibility } from '../../core/scheduling.js';
import type { Milliseconds } from '../../core/units.js';
import { type Check, type Checks, func, object, optional, resolveConfig, text } from '../../core/validate.js';
import { CounterRate } from '../counter-rate.js';
import { every } from '../every.js';
import { type FrameTiming, FrameWindow } from '../frame-window.js';
import { makeMovable } from '../place/movable.js';
import { type PillFigure, PillFigures } from './pill-figures.js';
import { PILL_STYLE } from './pill-style.js';

/** What a throttler has done so far; the pill shows what came on top in the last second. */
export interface ThrottlerCounts {
  readonly executed: number;
  readonly throttled: number;
}

/** The part of a throttler that the pill reads, a few times a second. */
export interface PillThrottler {
  readonly stats: ThrottlerCounts;
}

/** What the pill shows, and where it stands. */
export interface PillOptions {
  /** Whose updates are shown; without one the pill shows frames only. */
  readonly throttler: PillThrottler | undefined;
  /** The page's frames. Default: `observeFrames()`. Subscribed to only while the page is visible. */
  readonly frames$: Observable<FrameTiming> | undefined;
  /** What the pill is put into. Default: the document's body. */
  readonly parent: Node | undefined;
  /** Names the pill's place in `localStorage`. Default 'poise:pill'. */
  readonly storageKey: string;
  readonly clock: Clock | undefined;
  /** More figures, shown first; each is read a few times a second. Default none. */
  readonly figures: readonly PillFigure[];
  /** Called when the pill is pressed: by Enter, Space, or a pointer that did not drag. Default: it can't be pressed. */
  readonly onPress: (() => void) | undefined;
}

/** A mounted pill. Disposing it takes it off the page and leaves nothing behind. */
export interface Pill extends Disposable {
  /** The host element; its attribute `theme`, 'light' or 'dark', overrides the system's appearance. */
  readonly element: HTMLElement;
  /** Takes the pill out of view, where it does nothing, or brings it back. */
  show(isShown: boolean): void;
}

const DEFAULTS: PillOptions = Object.freeze({
  throttler: undefined,
  frames$: undefined,
  parent: undefined,
  storageKey: 'poise:pill',
  clock: undefined,
  figures: [],
  onPress: undefined,
});
const observable: Check = { allowed: 'an Observable', test: isObservable };
const node: Check = { allowed: 'a node of the page', test: (v) => v instanceof Node };
const CHECKS: Checks<PillOptions> = {
  throttler: optional(object),
  frames$: optional(observable),
  parent: optional(node),
  storageKey: text,
  clock: optional(object),
  figures: { allowed: 'an array', test: Array.isArray },
  onPress: optional(func),
};

/** The page is written to this often, and no more. */
const WRITE_INTERVAL_MS: Milliseconds = 250;
/** The figures cover this much time. */
const FRAMES_WINDOW_MS: Milliseconds = 5_000;

/**
 * Puts a small overlay on the page with frames a second, the longest frame of the last five seconds and, with a
 * throttler, updates run and held back a second. Moved by pointer, or focused and moved by the arrow keys (Home: back).
 *
 * It lives in a shadow root with a constructed style sheet, so it works under `style-src 'self'` and Trusted Types,
 * takes no room in the layout, and does nothing while the page is hidden.
 * @throws ConfigError
 */
export function mountPill(
  options: { readonly [Name in keyof PillOptions]?: PillOptions[Name] | undefined } = {},
): Pill {
  const {
    throttler,
    frames$ = observeFrames(),
    parent = document.body,
    storageKey,
    clock = new SystemClock(),
    figures: more,
    onPress,
  } = resolveConfig('mountPill', options, DEFAULTS, CHECKS);
  const disposer = new Disposer();
  // An element without a definition may hold a shadow root, and there is no definition that would stay behind.
  const element = document.createElement('poise-pill');
  const root = element.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  const place = new CSSStyleSheet();
  style.replaceSync(PILL_STYLE);
  root.adoptedStyleSheets = [style, place];

  const frames = new FrameWindow(FRAMES_WINDOW_MS);
  const own = [...frameFigures(frames, clock), ...(throttler ? throttlerFigures(throttler, clock) : [])];
  const figures = new PillFigures([...more, ...own], onPress !== undefined);
  root.append(figures.element);
  parent.appendChild(element);
  disposer.add(() => element.remove());
  makeMovable({ host: element, handle: figures.element, sheet: place, storageKey, onPress }, disposer);

  const shown$ = new BehaviorSubject(true);
  const inView$ = shown$.pipe(switchMap((shown) => (shown ? observeVisibility(document) : [false])));
  const watching = inView$.pipe(switchMap((inView) => (inView ? frames$ : EMPTY))).subscribe({
    next: (frame) => frames.record(frame),
    // The app's stream failed; the pill then shows no frames.
    error: () => frames.clear(),
  });
  disposer.add(() => watching.unsubscribe());

  const writing = inView$
    .pipe(switchMap((inView) => (inView ? every(WRITE_INTERVAL_MS, clock) : EMPTY)))
    .subscribe(() => {
      // What is shown comes from the app. Where reading it fails, the figures stay as they are.
      guard('pill', () => figures.show(), ignore);
    });
  disposer.add(() => writing.unsubscribe());
  return {
    element,
    show: (isShown) => {
      element.hidden = !isShown;
      shown$.next(isShown);
    },
    [disposeSymbol]: () => disposer.dispose(),
  };
}

const ignore = (): void => undefined;

function frameFigures(frames: FrameWindow, clock: Clock): PillFigure[] {
  return [
    { label: 'fps', read: () => frames.read(clock.now()).framesPerSecond?.toFixed(0) },
    {
      label: 'longest',
      read: () => {
        const { longestMs } = frames.read(clock.now());
        return longestMs === undefined ? undefined : `${longestMs.toFixed(0)} ms`;
      },
    },
  ];
}

function throttlerFigures(throttler: PillThrottler, clock: Clock): PillFigure[] {
  const rateOf = (label: string, count: () => number): PillFigure => {
    const rate = new CounterRate();
    return {
      label,
      read: () => {
        const perSecond = rate.record(count(), clock.now());
        return perSecond === undefined ? undefined : Math.round(perSecond).toLocaleString('en');
      },
    };
  };
  return [rateOf('updates/s', () => throttler.stats.executed), rateOf('throttled/s', () => throttler.stats.throttled)];
}
