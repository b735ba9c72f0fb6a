import type { MonotonicMs } from '../../core/units.js';
import { type Growth, GrowthWatch } from './growth-watch.js';
import type { GrowthLimits } from './steady-growth.js';

/** One thing's newest value. */
export interface Sample<Thing> {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly of: Thing;
}

/** A thing that grows. */
export interface Growing<Thing> {
  readonly key: string;
  readonly growth: Growth;
  readonly of: Thing;
}

/** Things beyond this number are not watched. */
const MOST_WATCHED = 200;

/** A watch for each of several things, by key. */
export class GrowthWatches<Thing> {
  readonly #limits: GrowthLimits;
  readonly #newOnesWereZero: boolean;
  readonly #watches = new Map<string, { readonly watch: GrowthWatch; of: Thing }>();
  #lastTime: MonotonicMs | undefined;

  /** `newOnesWereZero`: x is time, and what was not there before was 0 then. */
  constructor(limits: GrowthLimits, { newOnesWereZero }: { readonly newOnesWereZero: boolean }) {
    this.#limits = limits;
    this.#newOnesWereZero = newOnesWereZero;
  }

  /** Takes the newest value of each thing there is. One that is no longer there is forgotten. */
  add(time: MonotonicMs, samples: readonly Sample<Thing>[]): void {
    const keys = new Set(samples.map(({ key }) => key));
    for (const key of this.#watches.keys()) if (!keys.has(key)) this.#watches.delete(key);
    for (const { key, x, y, of } of samples) {
      let entry = this.#watches.get(key);
      if (!entry) {
        if (this.#watches.size >= MOST_WATCHED) continue;
        entry = { watch: new GrowthWatch(this.#limits), of };
        this.#watches.set(key, entry);
        const last = this.#lastTime;
        if (this.#newOnesWereZero && last !== undefined && last < time) entry.watch.add(last, last, 0);
      }
      entry.of = of;
      entry.watch.add(time, x, y);
    }
    this.#lastTime = time;
  }

  growing(): Growing<Thing>[] {
    return [...this.#watches].flatMap(([key, { watch, of }]) =>
      watch.growth ? [{ key, growth: watch.growth, of }] : [],
    );
  }
}
