import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import { findSteadyGrowth, type GrowthLimits } from './steady-growth.js';
import { type Point, theilSen } from './theil-sen.js';

/** A growth that goes on. */
export interface Growth {
  /** For each unit of x. */
  readonly rate: number;
  readonly increase: number;
  readonly durationMs: Milliseconds;
  /** 0 to 1. */
  readonly confidence: number;
}

/** A low: what was left after a collection. */
interface Low extends Point {
  readonly time: MonotonicMs;
}

/** Collections that follow each other closely say the same twice: the lower counts. */
const SPACING_MS: Milliseconds = 10_000;
/** The newest lows are kept, and those of about 45 minutes are enough for the slowest growth that is told. */
const MOST_LOWS = 64;
/** By so many of the newest lows it is seen whether a growth goes on. */
const RECENT = 4;
/** A growth goes on while it keeps this share of its rate. */
const STILL = 0.3;
/** It has ended when that failed this often in a row, or at once when so much of it was given back. */
const CALM_TO_END = 3;
const GIVEN_BACK = 0.5;

/**
 * Watches one series of lows: finds out when it begins to grow steadily, and when that has ended.
 * x may be time or how often something was done.
 */
export class GrowthWatch {
  readonly #limits: GrowthLimits;
  #lows: Low[] = [];
  #growth: Growth | undefined;
  #startedFrom: Low | undefined;
  #calm = 0;

  constructor(limits: GrowthLimits) {
    this.#limits = limits;
  }

  /** What grows now; undefined where nothing does. */
  get growth(): Growth | undefined {
    return this.#growth;
  }

  add(time: MonotonicMs, x: number, y: number): void {
    this.#keep({ time, x, y });
    if (this.#growth) this.#follow(this.#growth);
    else this.#search();
  }

  #keep(low: Low): void {
    const last = this.#lows.at(-1);
    const previous = this.#lows.at(-2);
    if (last && previous && last.time - previous.time < SPACING_MS) {
      this.#lows[this.#lows.length - 1] = low.y <= last.y ? low : { ...last, time: low.time };
      return;
    }
    this.#lows.push(low);
    if (this.#lows.length > MOST_LOWS) this.#lows.shift();
  }

  #search(): void {
    const found = findSteadyGrowth(this.#lows, this.#limits);
    const from = found && this.#lows.find(({ x }) => x === found.from.x);
    if (!found || !from) return;
    this.#startedFrom = from;
    this.#calm = 0;
    this.#tell(from, found.rate, found.confidence);
  }

  #follow(growth: Growth): void {
    const from = this.#startedFrom;
    const last = this.#lows.at(-1);
    if (!from || !last) return;
    const recent = theilSen(this.#lows.slice(-RECENT))?.slope ?? 0;
    this.#calm = recent < STILL * growth.rate ? this.#calm + 1 : 0;
    if (this.#calm >= CALM_TO_END || last.y - from.y < growth.increase * (1 - GIVEN_BACK)) {
      this.#growth = undefined;
      // What was told is not told again.
      this.#lows = [last];
    } else {
      this.#tell(from, growth.rate, growth.confidence);
    }
  }

  #tell(from: Low, rate: number, confidence: number): void {
    const last = this.#lows.at(-1) ?? from;
    this.#growth = {
      rate,
      increase: Math.max(0, last.y - from.y),
      durationMs: last.time - from.time,
      confidence,
    };
  }
}
