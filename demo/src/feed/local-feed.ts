import { TrafficGenerator } from '../../feed/generator.js';
import { RatePacer } from '../../feed/rate-pacer.js';
import type { FeedClient, FeedListener } from './feed-client.js';

const SEED = 2026;
const TICK_MS = 16;

/** Generated traffic made in this page, for a build that is served without a feed. */
export class LocalFeed implements FeedClient {
  readonly #pacer: RatePacer;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(ratePerSecond: number, listener: FeedListener) {
    const generator = new TrafficGenerator(SEED);
    this.#pacer = new RatePacer(ratePerSecond, performance.now());
    listener.onState('local');
    listener.onSource({ kind: 'generator', seed: SEED });
    this.#timer = setInterval(() => {
      const now = Date.now();
      const entries = Array.from({ length: this.#pacer.due(performance.now()) }, () => generator.next(now));
      if (entries.length > 0) listener.onEntries(entries, now, 0);
    }, TICK_MS);
  }

  setRate(perSecond: number): void {
    this.#pacer.setRate(perSecond, performance.now());
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
