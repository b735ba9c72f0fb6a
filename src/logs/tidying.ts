import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Environment } from '../core/environment.js';
import { whenIdle } from '../core/scheduling.js';
import type { Milliseconds } from '../core/units.js';
import type { Maintenance } from './maintenance.js';
import type { Rotation } from './rotation.js';
import type { SegmentWriter } from './segment-writer.js';

/** How often segments are looked after beside each rotation: retention by age, segments of pages that are gone. */
const TIDY_MS: Milliseconds = 60_000;
const TIDY_WITHIN_MS: Milliseconds = 5_000;

export interface TidyingOptions {
  readonly clock: Clock;
  readonly environment: Environment;
  readonly rotation: Rotation;
  readonly writer: SegmentWriter;
  readonly maintenance: Maintenance;
  /** Whether there is any segment: a page is not woken to look after nothing. */
  readonly isNeeded: () => boolean;
  readonly onFailed: (cause: unknown) => void;
  readonly onDone: () => void;
}

/** Looks after the segments from time to time, when the page has time for it, as long as there are some. */
export class Tidying {
  readonly #options: TidyingOptions;
  #abort: AbortController | undefined;
  #done: Promise<void> = Promise.resolve();
  #cancelNext: Teardown | undefined;
  #cancelIdle: Teardown | undefined;

  constructor(options: TidyingOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#abort) return;
    this.#abort = new AbortController();
    this.arm();
  }

  /** There may be segments now: they are looked after within seconds, unless that is due already. */
  arm(): void {
    if (this.#abort && !this.#cancelNext && this.#options.isNeeded()) this.#again(TIDY_WITHIN_MS);
  }

  stop(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    for (const cancel of [this.#cancelNext, this.#cancelIdle]) cancel?.();
    this.#cancelNext = undefined;
    this.#cancelIdle = undefined;
  }

  /** Tidies when the page has time; nothing while it is stopped. */
  soon(): void {
    const abort = this.#abort;
    if (!abort) return;
    const { clock, environment } = this.#options;
    this.#cancelIdle ??= whenIdle(() => this.#begin(abort.signal), TIDY_WITHIN_MS, clock, environment);
  }

  /** Resolves when nothing is being done. */
  idle(): Promise<void> {
    return this.#done;
  }

  #begin(signal: AbortSignal): void {
    this.#done = this.#tidy(signal);
  }

  #again(afterMs: Milliseconds): void {
    const { clock, rotation } = this.#options;
    this.#cancelNext = clock.setTimer(() => {
      this.#cancelNext = undefined;
      if (!this.#options.isNeeded()) return;
      this.soon();
      this.#again(Math.min(TIDY_MS, rotation.ageMs ?? TIDY_MS));
    }, afterMs);
  }

  async #tidy(signal: AbortSignal): Promise<void> {
    const { clock, rotation, writer, maintenance, onFailed, onDone } = this.#options;
    const { segment } = writer;
    if (segment && rotation.isFull(segment, clock.wallNow())) await writer.seal().catch(onFailed);
    await maintenance.run(signal);
    if (!signal.aborted) this.#cancelIdle = undefined;
    onDone();
  }
}
