import { Observable } from 'rxjs';
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
  readonly environment?: Environment;
}

/**
 * The pressure on the processor, as the Compute Pressure spec tells it (https://www.w3.org/TR/compute-pressure/): at
 * each change of state, in secure contexts. Completes where the browser does not tell it, or does not allow it here.
 */
export function observePressure(options: PressureOptions = {}): Observable<PressureReading> {
  const { sampleIntervalMs = 1_000, environment = detectEnvironment() } = options;
  return new Observable((subscriber) => {
    const Observer = environment.PressureObserver;
    if (!Observer || Observer.knownSources?.includes('cpu') === false) {
      subscriber.complete();
      return;
    }
    let last: PressureLevel | undefined;
    const observer = new Observer((records) => {
      const newest = records.at(-1);
      if (!newest || newest.state === last) return;
      last = newest.state;
      subscriber.next({ source: 'cpu', state: newest.state, time: newest.time });
    });
    // Refused by a permissions policy, or there is no sensor in this machine; or ended before it began.
    observer.observe('cpu', { sampleInterval: sampleIntervalMs }).catch(() => subscriber.complete());
    return () => observer.disconnect();
  });
}
