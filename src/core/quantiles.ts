/** A distribution in eight numbers; all `undefined` but `count` while nothing was recorded. */
export interface Summary {
  readonly count: number;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly mean: number | undefined;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly p99: number | undefined;
}

/** Each bucket is this much wider than the one before, so a quantile is at most 1 % off. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);
/** The smallest value told apart from 0. */
const FLOOR = 0.001;
/** Reaches from 1 µs to 12 days, in milliseconds. */
const BUCKETS = 1_400;

/**
 * Quantiles of non-negative values in fixed memory (5.6 KB, made at the first value), after DDSketch
 * (Masson, Rim & Lee, VLDB 2019): logarithmic buckets, so the error is relative (1 %) and never depends on the data.
 */
export class Quantiles {
  #buckets: Uint32Array | undefined;
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  /** Records one value; NaN is left out, and what is negative counts as 0. */
  record(value: number): void {
    if (Number.isNaN(value)) return;
    const kept = value > 0 ? value : 0;
    this.#buckets ??= new Uint32Array(BUCKETS);
    const index = bucketOf(kept);
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#count++;
    this.#sum += kept;
    if (kept < this.#min) this.#min = kept;
    if (kept > this.#max) this.#max = kept;
  }

  /** The value that a share `q` (0 to 1) of what was recorded does not pass; `undefined` while empty. */
  quantile(q: number): number | undefined {
    if (!this.#buckets) return undefined;
    const rank = Math.max(1, Math.ceil(q * this.#count));
    if (rank === this.#count) return this.#max;
    let seen = 0;
    for (let index = 0; index < BUCKETS; index++) {
      seen += this.#buckets[index] ?? 0;
      if (seen >= rank) return Math.min(this.#max, Math.max(this.#min, middleOf(index)));
    }
    return this.#max;
  }

  summary(): Summary {
    const empty = this.#count === 0;
    return {
      count: this.#count,
      min: empty ? undefined : this.#min,
      max: empty ? undefined : this.#max,
      mean: empty ? undefined : this.#sum / this.#count,
      p50: this.quantile(0.5),
      p95: this.quantile(0.95),
      p99: this.quantile(0.99),
    };
  }
}

function bucketOf(value: number): number {
  if (value <= FLOOR) return 0;
  return Math.min(BUCKETS - 1, 1 + Math.floor(Math.log(value / FLOOR) / LOG_GROWTH));
}

/** The middle of a bucket, in relative terms. */
function middleOf(index: number): number {
  return index === 0 ? 0 : FLOOR * GROWTH ** (index - 0.5);
}
