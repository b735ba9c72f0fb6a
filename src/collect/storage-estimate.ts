import { Observable } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { observeVisibility } from '../core/scheduling.js';
import type { Bytes, Milliseconds, MonotonicMs } from '../core/units.js';

/** What this origin keeps, and what poise reads and writes of it. */
export interface StorageReading {
  readonly time: MonotonicMs;
  /** About what the origin stores; `undefined` where the browser does not tell. */
  readonly usageBytes: Bytes | undefined;
  /** About how much it may; `undefined` where the browser does not tell. */
  readonly quotaBytes: Bytes | undefined;
  /** What poise itself has written and read since the page began; `undefined` where nobody counts. */
  readonly bytesWritten: Bytes | undefined;
  readonly bytesRead: Bytes | undefined;
}

/** Counts poise's own bytes; `StorageTraffic` of poise/storage is one. */
export interface TrafficCount {
  readonly bytesWritten: Bytes;
  readonly bytesRead: Bytes;
}

/** How often storage is read, and who counts what poise itself reads and writes. */
export interface StorageOptions {
  /** How often it is read while the page can be seen. Default 60,000. */
  readonly intervalMs?: Milliseconds;
  readonly traffic?: TrafficCount;
  readonly clock?: Clock;
  readonly environment?: Environment;
}

/**
 * The storage estimate (https://storage.spec.whatwg.org/#dom-storagemanager-estimate), now and at intervals while the page
 * is visible. Completes where the browser has no estimate and no traffic is counted.
 */
export function observeStorage(options: StorageOptions = {}): Observable<StorageReading> {
  const { intervalMs = 60_000, traffic, clock = new SystemClock(), environment = detectEnvironment() } = options;
  const { storage, document } = environment;
  return new Observable((subscriber) => {
    if (!storage?.estimate && !traffic) {
      subscriber.complete();
      return;
    }
    let cancel: Teardown | undefined;
    let round = 0;
    const read = async (mine: number) => {
      // Refused in frames without an origin.
      const estimate = await storage?.estimate?.().catch(() => undefined);
      if (mine !== round || subscriber.closed) return;
      subscriber.next({
        time: clock.now(),
        usageBytes: estimate?.usage,
        quotaBytes: estimate?.quota,
        bytesWritten: traffic?.bytesWritten,
        bytesRead: traffic?.bytesRead,
      });
      cancel = clock.setTimer(() => void read(mine), intervalMs);
    };
    const visibility = observeVisibility(document).subscribe((visible) => {
      cancel?.();
      round++;
      if (visible) void read(round);
    });
    return () => {
      visibility.unsubscribe();
      cancel?.();
    };
  });
}
