import type { Observable, Subscription } from 'rxjs';
import type { HeapReading } from '../../core/heap-reading.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import { HeapPressure } from './heap-pressure.js';

interface HeapListener {
  /** A reading has come; `raised` says that it is of a higher level than the one before. */
  onReading(raised: boolean): void;
  /** There will be no more readings. */
  onFailure(cause: unknown): void;
}

/** Watches the heap from `start()` to `stop()`; without readings it says that memory is not scarce. */
export class HeapWatch {
  readonly #heap$: Observable<HeapReading> | undefined;
  readonly #listener: HeapListener;
  readonly #pressure = new HeapPressure();
  #running = false;
  #readings: Subscription | undefined;

  constructor(heap$: Observable<HeapReading> | undefined, listener: HeapListener) {
    this.#heap$ = heap$;
    this.#listener = listener;
  }

  get reading(): HeapReading | undefined {
    return this.#pressure.reading;
  }

  get level(): PressureLevel {
    return this.#pressure.level;
  }

  start(): void {
    this.#running = true;
    const readings = this.#heap$?.subscribe({
      next: (reading) => this.#listener.onReading(this.#pressure.take(reading)),
      error: (cause: unknown) => {
        this.#pressure.reset();
        this.#listener.onFailure(cause);
      },
    });
    // The first reading may have come at once, and its listener have stopped us.
    if (this.#running) this.#readings = readings;
    else readings?.unsubscribe();
  }

  stop(): void {
    this.#running = false;
    this.#readings?.unsubscribe();
    this.#readings = undefined;
    this.#pressure.reset();
  }
}
