import type { Clock } from '../core/clock.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import type { CleanupRunner } from './cleanup-runner.js';
import type { Registrar } from './registrar.js';
import type { ResourceEntry } from './resource-entry.js';

/** What a sweep ends besides what failed before and what has outlived its own `timeoutMs`. */
export interface SweepPolicy {
  /** Ends resources without a time-out of their own that were not used for so long. Default: never. */
  readonly resourceTimeoutMs?: Milliseconds;
  /** Ends the least recently used ones beyond this number. Default: no limit. */
  readonly maxResources?: number;
  /** Ends the sweep early, at the end of its slice. */
  readonly signal?: AbortSignal;
}

export interface SweepResult {
  /** Clean-ups that succeeded. */
  readonly cleaned: number;
  /** Clean-ups tried again. */
  readonly retried: number;
  /** Resources whose time had run out. */
  readonly expired: number;
  /** Least recently used ones over the limit. */
  readonly evicted: number;
  /** Tasks that the sweep was cut into. */
  readonly slices: number;
  /** Main-thread time of its longest slice. */
  readonly longestSliceMs: Milliseconds;
}

/** How long a slice may go on before it lets the page have its turn; the clean-up that crosses it comes on top. */
const SLICE_MS: Milliseconds = 0.3;

type Work = 'retried' | 'expired' | 'evicted';

/** One pass over what is due. It looks at nothing else, and takes one at a time, so anything may change meanwhile. */
export class Sweep {
  readonly #registrar: Registrar;
  readonly #clock: Clock;
  readonly #policy: SweepPolicy;
  readonly #startedAt: MonotonicMs;
  readonly #sizeAtStart: number;
  readonly #retries: ResourceEntry[];
  readonly #pending: Promise<boolean>[] = [];
  readonly #counts: Record<Work, number> = { retried: 0, expired: 0, evicted: 0 };
  #cleaned = 0;
  #slices = 0;
  #longestSliceMs: Milliseconds = 0;

  constructor(registrar: Registrar, runner: CleanupRunner, clock: Clock, policy: SweepPolicy) {
    this.#registrar = registrar;
    this.#clock = clock;
    this.#policy = policy;
    this.#startedAt = clock.now();
    this.#sizeAtStart = registrar.registry.size;
    this.#retries = [...runner.retryable];
  }

  async run(): Promise<SweepResult> {
    while (!this.#policy.signal?.aborted && this.#runSlice()) {
      await new Promise<void>((resolve) => this.#clock.afterTask(resolve));
    }
    const outcomes = await Promise.all(this.#pending);
    return {
      cleaned: this.#cleaned + outcomes.filter(Boolean).length,
      ...this.#counts,
      slices: this.#slices,
      longestSliceMs: this.#longestSliceMs,
    };
  }

  /** Works until the slice is over or nothing is left; true when there may be more. */
  #runSlice(): boolean {
    const startedAt = this.#clock.now();
    let took = 0;
    let more = true;
    while (more && took < SLICE_MS) {
      more = this.#step();
      took = this.#clock.now() - startedAt;
    }
    this.#slices++;
    this.#longestSliceMs = Math.max(this.#longestSliceMs, took);
    return more;
  }

  #step(): boolean {
    const retry = this.#retries.pop();
    if (retry) return this.#end(retry, 'retried');
    const { resourceTimeoutMs = Number.POSITIVE_INFINITY, maxResources = Number.POSITIVE_INFINITY } = this.#policy;
    const expired = this.#registrar.registry.nextExpired(this.#startedAt, resourceTimeoutMs);
    if (expired) return this.#end(expired, 'expired');
    const { registry } = this.#registrar;
    // The surplus is that of the start, so clean-ups that register again can't keep the sweep going.
    if (registry.size <= maxResources || this.#counts.evicted >= this.#sizeAtStart - maxResources) return false;
    const [idle] = registry.leastRecentlyUsed();
    return idle !== undefined && this.#end(idle, 'evicted');
  }

  #end(entry: ResourceEntry, work: Work): true {
    this.#counts[work]++;
    const outcome = this.#registrar.end(entry);
    if (outcome === true) this.#cleaned++;
    else if (outcome !== false) this.#pending.push(outcome);
    return true;
  }
}
