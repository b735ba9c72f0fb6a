import { Observable } from 'rxjs';
import type { Clock } from '../core/clock.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** One turn of the drain. */
export interface Tick {
  /** When the frame began, or the timer went off. */
  readonly time: MonotonicMs;
  /** The time since the tick before, where the two are frames that followed each other. */
  readonly frameIntervalMs: Milliseconds | undefined;
  /** Whether a paint follows. */
  readonly painted: boolean;
}

/** Waits this much shorter than asked are spent on frames; longer ones on a timer, so that no frame runs for nothing. */
const FRAME_WAIT_MS: Milliseconds = 50;
/** A timer aims this much before its time: the frame after it comes in time. */
const TIMER_LEAD_MS: Milliseconds = 20;
/** How often a hidden page is served; browsers stretch it to a second or more. */
const HIDDEN_MS: Milliseconds = 50;

/** Frames while the page is visible. Before each one `waitMs()` tells how long nothing will be due. */
export function frameTicks(clock: Clock, waitMs: (now: MonotonicMs) => Milliseconds): Observable<Tick> {
  return new Observable((subscriber) => {
    let last: MonotonicMs | undefined;
    let cancel = clock.requestFrame(onFrame);

    function onFrame(time: MonotonicMs): void {
      const frameIntervalMs = last === undefined ? undefined : time - last;
      last = time;
      subscriber.next({ time, frameIntervalMs, painted: true });
      if (subscriber.closed) return;
      const wait = waitMs(clock.now());
      if (wait < FRAME_WAIT_MS) {
        cancel = clock.requestFrame(onFrame);
        return;
      }
      last = undefined;
      cancel = clock.setTimer(() => {
        cancel = clock.requestFrame(onFrame);
      }, wait - TIMER_LEAD_MS);
    }

    return () => cancel();
  });
}

/** A timer, for a page that has no frames since it is hidden. */
export function hiddenTicks(clock: Clock): Observable<Tick> {
  return new Observable((subscriber) => {
    let cancel = clock.setTimer(onTimer, HIDDEN_MS);

    function onTimer(): void {
      subscriber.next({ time: clock.now(), frameIntervalMs: undefined, painted: false });
      if (!subscriber.closed) cancel = clock.setTimer(onTimer, HIDDEN_MS);
    }

    return () => cancel();
  });
}
