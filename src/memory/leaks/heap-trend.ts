import type { HeapReading, HeapSource } from '../../core/heap-reading.js';
import type { Bytes, MonotonicMs } from '../../core/units.js';
import { durationText, perMinute, sizeText } from './describe-growth.js';
import { GrowthWatch } from './growth-watch.js';
import {
  findingTimes,
  HOUR_MS,
  LEAST_SPAN_MS,
  type LeakDetector,
  type LeakFinding,
  type Observation,
} from './leak-detector.js';
import { LeakKind } from './leak-kind.js';

/** Of the growth that counts in an hour, what has to be seen before it is told: less is within what engines do on their own. */
const SEEN_SHARE = 0.1;
/** Readings of this long after the first may take its place while there was no collection yet. */
const FIRST_LOW_MS = 20_000;

/**
 * The heap grows with time: Mann–Kendall and Theil–Sen on the lower envelope of the readings, which is what was left
 * after each collection. It can't tell who; the recommendation says how to find out.
 */
export class HeapTrend implements LeakDetector {
  readonly kind: LeakKind = LeakKind.HEAP_TREND;
  readonly #leakThresholdBytes: Bytes;
  #watch: GrowthWatch;
  #source: HeapSource | undefined;
  #startedAt: MonotonicMs | undefined;
  /** The least of the first readings: there was no more than that alive. Undefined once it was handed on. */
  #first: HeapReading | undefined;

  constructor(leakThresholdBytes: Bytes) {
    this.#leakThresholdBytes = leakThresholdBytes;
    this.#watch = this.#newWatch();
  }

  observe({ time, heap, settled }: Observation): readonly LeakFinding[] {
    if (heap && heap.source !== 'tracked') {
      if (heap.source !== this.#source) this.#begin(heap);
      if (settled) this.#settle(heap, time);
      else this.#open(heap);
    }
    return this.#findings();
  }

  #begin(heap: HeapReading): void {
    this.#source = heap.source;
    this.#startedAt = heap.time;
    this.#first = heap;
    this.#watch = this.#newWatch();
  }

  #open(heap: HeapReading): void {
    const first = this.#first;
    const age = heap.time - (this.#startedAt ?? heap.time);
    if (first && age <= FIRST_LOW_MS && heap.usedBytes < first.usedBytes) this.#first = heap;
  }

  #settle(heap: HeapReading, time: MonotonicMs): void {
    const first = this.#first;
    // More than was left later says nothing: it was garbage.
    if (first && first.time < heap.time && first.usedBytes < heap.usedBytes) {
      this.#watch.add(first.time, first.time, first.usedBytes);
    }
    this.#first = undefined;
    this.#watch.add(time, heap.time, heap.usedBytes);
  }

  #newWatch(): GrowthWatch {
    return new GrowthWatch({
      minSpan: LEAST_SPAN_MS,
      minIncrease: this.#leakThresholdBytes * SEEN_SHARE,
      minRate: this.#leakThresholdBytes / HOUR_MS,
    });
  }

  #findings(): LeakFinding[] {
    const { growth } = this.#watch;
    if (!growth) return [];
    const grown = `${sizeText(growth.increase)} in ${durationText(growth.durationMs)}`;
    return [
      {
        key: 'page',
        componentId: 'page',
        operation: 'runtime',
        memoryIncreaseBytes: growth.increase,
        objectIncrease: undefined,
        bytesPerHour: growth.rate * HOUR_MS,
        ...findingTimes(growth),
        details: `What is left after garbage collections grew by ${grown}, ${sizeText(perMinute(growth.rate))} a minute (${this.#source}).`,
        recommendations: [
          'Look for what only ever grows: arrays, maps, caches and logs without a bound, listeners and subscriptions that are added and never removed, timers that are never cleared.',
          'Compare two heap snapshots some minutes apart; hand the objects of suspected components to track(), and it is told which one.',
        ],
      },
    ];
  }
}
