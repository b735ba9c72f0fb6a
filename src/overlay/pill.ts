import { EMPTY, isObservable, Observable, switchMap } from 'rxjs';
import { observeFrames } from '../collect/frames.js';
import { type Clock, SystemClock } from '../core/clock.js';
import { Disposer, disposeSymbol, type Teardown } from '../core/disposer.js';
import { guard } from '../core/guard.js';
import { observeVisibility } from '../core/scheduling.js';
import type { Milliseconds } from '../core/units.js';
import { type Check, type Checks, object, optional, resolveConfig, text } from '../core/validate.js';
import { type FrameTiming, FrameWindow } from './frame-window.js';
import { PillFigures, type ThrottlerCounts } from './pill-figures.js';
import { makeMovable } from './pill-movement.js';
import { PILL_STYLE } from './pill-style.js';

/** The part of a throttler that the pill reads, a few times a second. */
export interface PillThrottler {
  readonly stats: ThrottlerCounts;
}

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
}

/** A mounted pill. Disposing it takes it off the page and leaves nothing behind. */
export interface Pill extends Disposable {
  /** The host element; its attribute `theme`, 'light' or 'dark', overrides the system's appearance. */
  readonly element: HTMLElement;
}

const DEFAULTS: PillOptions = Object.freeze({
  throttler: undefined,
  frames$: undefined,
  parent: undefined,
  storageKey: 'poise:pill',
  clock: undefined,
});
const observable: Check = { allowed: 'an Observable', test: isObservable };
const node: Check = { allowed: 'a node of the page', test: (v) => v instanceof Node };
const CHECKS: Checks<PillOptions> = {
  throttler: optional(object),
  frames$: optional(observable),
  parent: optional(node),
  storageKey: text,
  clock: optional(object),
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
  } = resolveConfig('mountPill', options, DEFAULTS, CHECKS);
  const disposer = new Disposer();
  // An element without a definition may hold a shadow root, and there is no definition that would stay behind.
  const element = document.createElement('poise-pill');
  const root = element.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  const place = new CSSStyleSheet();
  style.replaceSync(PILL_STYLE);
  root.adoptedStyleSheets = [style, place];

  const figures = new PillFigures(throttler !== undefined);
  root.append(figures.element);
  parent.appendChild(element);
  disposer.add(() => element.remove());
  makeMovable({ host: element, handle: figures.element, sheet: place, storageKey }, disposer);

  const frames = new FrameWindow(FRAMES_WINDOW_MS);
  const visible$ = observeVisibility(document);
  const watching = visible$.pipe(switchMap((visible) => (visible ? frames$ : EMPTY))).subscribe({
    next: (frame) => frames.record(frame),
    // The app's stream failed; the pill then shows no frames.
    error: () => frames.clear(),
  });
  disposer.add(() => watching.unsubscribe());

  const writing = visible$
    .pipe(switchMap((visible) => (visible ? every(WRITE_INTERVAL_MS, clock) : EMPTY)))
    .subscribe(() => {
      const now = clock.now();
      // What is shown comes from the app. Where reading it fails, the figures stay as they are.
      guard('pill', () => figures.show(frames.read(now), throttler?.stats, now), ignore);
    });
  disposer.add(() => writing.unsubscribe());
  return { element, [disposeSymbol]: () => disposer.dispose() };
}

const ignore = (): void => undefined;

/** Emits at once and then each `intervalMs`, on poise's clock. */
function every(intervalMs: Milliseconds, clock: Clock): Observable<void> {
  return new Observable((subscriber) => {
    let cancel: Teardown = () => undefined;
    const emit = () => {
      cancel = clock.setTimer(emit, intervalMs);
      subscriber.next();
    };
    emit();
    return () => cancel();
  });
}
