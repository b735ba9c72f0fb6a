/** After a pause longer than this, what was missed is left out and not made up for in one burst. */
const CATCH_UP_MS = 250;

/** Says how many entries are due, so that over time exactly the rate is met, whatever the timer's rhythm. */
export class RatePacer {
  #perSecond: number;
  #last: number;
  #owed = 0;

  /** @param now monotonic milliseconds. */
  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#last = now;
  }

  get perSecond(): number {
    return this.#perSecond;
  }

  /** Changes the rate from `now` on. */
  setRate(perSecond: number, now: number): void {
    this.#owed += this.#elapsed(now);
    this.#perSecond = perSecond;
  }

  /** How many entries have come due since the last call. */
  due(now: number): number {
    this.#owed += this.#elapsed(now);
    const count = Math.floor(this.#owed);
    this.#owed -= count;
    return count;
  }

  /** The entries, in fractions, that the time since the last look is worth. */
  #elapsed(now: number): number {
    const elapsedMs = Math.min(CATCH_UP_MS, Math.max(0, now - this.#last));
    this.#last = now;
    return (elapsedMs * this.#perSecond) / 1_000;
  }
}
