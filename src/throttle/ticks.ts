import { Observable } from 'rxjs';
import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import { observeVisibility } from '../core/scheduling.js';
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

/** Waits shorter than this are spent on frames; longer ones on a timer, so that no frame runs for nothing. */
const FRAME_WAIT_MS: Milliseconds = 50;
/** A timer aims this much before its time: the frame after it comes in time. */
const TIMER_LEAD_MS: Milliseconds = 20;
/** How often a hidden page is served; browsers stretch it to a second or more. */
const HIDDEN_MS: Milliseconds = 50;

/**
 * The clock as a stream: frames while the page is visible, a timer while it is hidden.
 * After each tick `waitMs()` tells how long no frame will be needed.
 */
export function clockTicks(
  clock: Clock,
  document: Document | undefined,
  waitMs: (now: MonotonicMs) => Milliseconds,
): Observable<Tick> {
  return new Observable((subscriber) => {
    let last: MonotonicMs | undefined;
    let cancel: Teardown | undefined;

    function onFrame(time: MonotonicMs): void {
      const frameIntervalMs = last === undefined ? undefined : time - last;
      last = time;
      subscriber.next({ time, frameIntervalMs, painted: true });
      if (subscriber.closed) return;
      const wait = waitMs(clock.now());
      if (wait < FRAME_WAIT_MS) {
        requestFrame();
      } else {
        last = undefined;
        cancel = clock.setTimer(requestFrame, wait - TIMER_LEAD_MS);
      }
    }

    function onTimer(): void {
      subscriber.next({ time: clock.now(), frameIntervalMs: undefined, painted: false });
      if (!subscriber.closed) cancel = clock.setTimer(onTimer, HIDDEN_MS);
    }

    function requestFrame(): void {
      cancel = clock.requestFrame(onFrame);
    }

    const visibility = observeVisibility(document).subscribe((visible) => {
      cancel?.();
      last = undefined;
      if (visible) requestFrame();
      else cancel = clock.setTimer(onTimer, HIDDEN_MS);
    });
    return () => {
      visibility.unsubscribe();
      cancel?.();
    };
  });
}
