import { Observable, Subject } from 'rxjs';
import type { Clock } from './clock.js';
import type { Teardown } from './disposer.js';
import type { Milliseconds } from './units.js';

/** How often watchers of a snapshot are told, at the most. */
const INTERVAL_MS: Milliseconds = 100;

/**
 * A plain snapshot of state, as a stream: `value$` starts with the newest, tells of changes at most ten times a second,
 * completes on `complete()` and never errors. Nothing is computed while nobody watches.
 */
export class LiveSnapshot<T> {
  readonly value$: Observable<T>;
  readonly #clock: Clock;
  readonly #changed = new Subject<void>();
  #cancelTimer: Teardown | undefined;

  constructor(read: () => T, clock: Clock) {
    this.#clock = clock;
    this.value$ = new Observable((subscriber) => {
      subscriber.next(read());
      return this.#changed.subscribe({ next: () => subscriber.next(read()), complete: () => subscriber.complete() });
    });
  }

  /** Says that the state has changed; costs one comparison while nobody watches. */
  notify(): void {
    if (this.#cancelTimer || !this.#changed.observed) return;
    this.#cancelTimer = this.#clock.setTimer(() => {
      this.#cancelTimer = undefined;
      this.#changed.next();
    }, INTERVAL_MS);
  }

  /** Sends the last snapshot and ends the stream. */
  complete(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#changed.next();
    this.#changed.complete();
  }
}
