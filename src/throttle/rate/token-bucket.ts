import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { RateController } from './rate-controller.js';

/**
 * Up to `burstSize` refreshes as fast as frames come, then at the rate at which tokens come back: `burstSize` in
 * `burstWindowMs`, and never more than `maxUpdatesPerSecond`. In any window of t ms at most burstSize + rate × t run.
 */
export class TokenBucket implements RateController {
  readonly rate: number;
  readonly #size: number;
  readonly #spacingMs: Milliseconds;
  readonly #tokensPerMs: number;
  #tokens: number;
  #filledAt: MonotonicMs | undefined;
  #startedAt: MonotonicMs = Number.NEGATIVE_INFINITY;
  #inBurst = false;
  #bursts = 0;

  constructor(
    burstSize: number,
    burstWindowMs: Milliseconds,
    maxUpdatesPerSecond: number,
    minUpdateIntervalMs: Milliseconds,
  ) {
    this.#size = burstSize;
    this.#tokens = burstSize;
    this.#spacingMs = minUpdateIntervalMs;
    this.#tokensPerMs = Math.min(burstSize / burstWindowMs, maxUpdatesPerSecond / 1_000);
    this.rate = this.#tokensPerMs * 1_000;
  }

  get bursts(): number {
    return this.#bursts;
  }

  tryAcquire(time: MonotonicMs): boolean {
    if (this.waitMs(time) > 0) return false;
    const ahead = time - this.#startedAt < 1 / this.#tokensPerMs;
    if (ahead && !this.#inBurst) this.#bursts++;
    this.#inBurst = ahead;
    this.#startedAt = time;
    this.#tokens -= 1;
    return true;
  }

  waitMs(time: MonotonicMs): Milliseconds {
    this.#refill(time);
    const forToken = this.#tokens >= 1 ? 0 : (1 - this.#tokens) / this.#tokensPerMs;
    return Math.max(0, forToken, this.#startedAt + this.#spacingMs - time);
  }

  #refill(time: MonotonicMs): void {
    // A clock that jumped back must not take tokens away.
    const passed = Math.max(0, time - (this.#filledAt ?? time));
    this.#tokens = Math.min(this.#size, this.#tokens + passed * this.#tokensPerMs);
    this.#filledAt = time;
  }
}
