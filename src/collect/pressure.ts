import { Observable } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import type { PressureLevel } from '../core/pressure-level.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** How hard the machine works. */
export interface PressureReading {
  readonly source: 'cpu';
  readonly state: PressureLevel;
  readonly time: MonotonicMs;
}

/** How often pressure is looked at. */
export interface PressureOptions {
  /** How often the browser looks; it tells changes only. Default 1000. */
  readonly sampleIntervalMs?: Milliseconds;
  /**
   * While the pressure is 'nominal' or 'fair', the browser is asked anew this long after it has told, instead of all the
   * time: an observer wakes the page every second, however rarely it is to look. Default: all the time.
   */
  readonly calmIntervalMs?: Milliseconds | undefined;
  readonly clock?: Clock;
  readonly environment?: Environment;
}

const CALM: ReadonlySet<PressureLevel> = new Set(['nominal', 'fair']);

/**
 * The pressure on the processor, as the Compute Pressure spec tells it (https://www.w3.org/TR/compute-pressure/): at
 * each change of state, in secure contexts. Completes where the browser does not tell it, or does not allow it here.
 */
export function observePressure(options: PressureOptions = {}): Observable<PressureReading> {
  const { sampleIntervalMs = 1_000, calmIntervalMs, environment = detectEnvironment() } = options;
  const { clock = new SystemClock() } = options;
  return new Observable((subscriber) => {
    const Observer = environment.PressureObserver;
    if (!Observer || Observer.knownSources?.includes('cpu') === false) {
      subscriber.complete();
      return;
    }
    let last: PressureLevel | undefined;
    let cancel: Teardown = () => undefined;
    const observer = new Observer((records) => {
      const newest = records.at(-1);
      if (!newest) return;
      if (calmIntervalMs !== undefined && CALM.has(newest.state)) {
        observer.disconnect();
        cancel = clock.setTimer(observe, calmIntervalMs);
      }
      if (newest.state === last) return;
      last = newest.state;
      subscriber.next({ source: 'cpu', state: newest.state, time: newest.time });
    });
    const observe = () => {
      // Refused by a permissions policy, or there is no sensor in this machine; or ended before it began.
      observer.observe('cpu', { sampleInterval: sampleIntervalMs }).catch(() => subscriber.complete());
    };
    observe();
    return () => {
      cancel();
      observer.disconnect();
    };
  });
}
