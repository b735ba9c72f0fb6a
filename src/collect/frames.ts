import { fromEvent, merge, NEVER, Observable, switchMap } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { observeVisibility } from '../core/scheduling.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import { FreeProbe } from './free-probe.js';
import { KnownDisplay } from './known-display.js';
import { observePerformance } from './performance-observable.js';

/** One frame that the page delivered. */
export interface FrameSample {
  /** When the frame began. */
  readonly time: MonotonicMs;
  /** The time since the frame before; `undefined` for the first one after a rest. */
  readonly intervalMs: Milliseconds | undefined;
  /** Frames of the display that passed in between without one of the page's. */
  readonly dropped: number;
  /** The display's own frame interval, found by measuring; `undefined` until it is known. */
  readonly displayIntervalMs: Milliseconds | undefined;
}

/** What keeps frames watched. */
export interface FramesOptions {
  /** Emits when the page is busy and its frames should be watched; added to input and long frames. */
  readonly activity$?: Observable<unknown>;
  /**
   * For whoever watches all day long: it begins at rest, only input, long frames and `activity$` keep it awake, and a
   * resting page is looked at every 30 s only. Default false.
   */
  readonly quiet?: boolean;
  readonly clock?: Clock;
  readonly environment?: Environment;
}

/** Frames are watched this long after the last sign of activity. */
const AWAKE_MS: Milliseconds = 2_000;
/** How often a resting page is looked at, for the length of a few frames. */
const PROBE_MS: Milliseconds = 1_000;
const QUIET_PROBE_MS: Milliseconds = 30_000;
const PROBE_FRAMES = 3;
/** An interval this many times the display's is a dropped frame. */
const DROPPED = 1.5;

const ACTIVITY = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll', 'touchmove'];

/**
 * The page's frames (HTML, "update the rendering"), while it is visible and something goes on.
 * A page at rest is not kept awake: it is probed for three frames a second, and watched again after input, a long
 * frame, a dropped one, or `activity$`. Silent while hidden; completes where there are no frames.
 */
export function observeFrames(options: FramesOptions = {}): Observable<FrameSample> {
  const { clock = new SystemClock(), environment = detectEnvironment(), activity$ = NEVER, quiet = false } = options;
  const { document } = environment;
  if (!document) return new Observable((subscriber) => subscriber.complete());
  const signs$ = merge(
    activity$,
    observePerformance('long-animation-frame', environment, { buffered: false }),
    ...ACTIVITY.map((type) => fromEvent(document, type, { capture: true, passive: true })),
  );
  return observeVisibility(document).pipe(switchMap((visible) => (visible ? watch(clock, signs$, quiet) : NEVER)));
}

function watch(clock: Clock, signs$: Observable<unknown>, quiet: boolean): Observable<FrameSample> {
  return new Observable((subscriber) => {
    const display = new KnownDisplay();
    const probe = new FreeProbe(clock);
    let awakeUntil = clock.now() + AWAKE_MS;
    let probesLeft = 0;
    let last: MonotonicMs | undefined;
    let resting = false;
    let cancel: Teardown = () => undefined;
    if (quiet) rest();
    else cancel = clock.requestFrame(onFrame);

    function onFrame(time: MonotonicMs): void {
      const intervalMs = last === undefined ? undefined : time - last;
      last = time;
      if (intervalMs !== undefined) {
        display.record(intervalMs, probe.answer());
        // When a display of the rate that is known would have had a frame; of twice the rate as long as none is known.
        if (display.isUnsure) probe.ask(display.intervalMs ?? intervalMs / 2);
      }
      const dropped = droppedFrames(intervalMs, display.intervalMs);
      // As long as the display is not known, nor are the frames that it has dropped. Not when it is to be quiet: on a
      // machine that is busy elsewhere the frames that are asked for here would be dropped themselves, without end.
      if (!quiet && (dropped > 0 || display.intervalMs === undefined)) awakeUntil = time + AWAKE_MS;
      subscriber.next({ time, intervalMs, dropped, displayIntervalMs: display.intervalMs });
      if (time < awakeUntil || --probesLeft > 0) {
        cancel = clock.requestFrame(onFrame);
      } else {
        rest();
      }
    }

    function rest(): void {
      resting = true;
      probe.cancel();
      cancel = clock.setTimer(() => wake(PROBE_FRAMES), quiet ? QUIET_PROBE_MS : PROBE_MS);
    }

    function wake(probes: number): void {
      if (!resting) return;
      resting = false;
      probesLeft = probes;
      last = undefined;
      cancel();
      cancel = clock.requestFrame(onFrame);
    }

    const signs = signs$.subscribe(() => {
      awakeUntil = clock.now() + AWAKE_MS;
      wake(0);
    });
    return () => {
      signs.unsubscribe();
      probe.cancel();
      cancel();
    };
  });
}

function droppedFrames(intervalMs: Milliseconds | undefined, displayMs: Milliseconds | undefined): number {
  if (intervalMs === undefined || displayMs === undefined || intervalMs < displayMs * DROPPED) return 0;
  return Math.round(intervalMs / displayMs) - 1;
}
