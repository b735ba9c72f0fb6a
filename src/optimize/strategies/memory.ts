import type { MemoryResponder } from '../../core/memory-responder.js';
import { PressureLevel } from '../../core/pressure-level.js';
import type { Bytes, Milliseconds } from '../../core/units.js';
import { type Checks, func, positive, resolveConfig } from '../../core/validate.js';
import { nextTask } from '../../core/yield-to-main.js';
import { argsOf } from '../args-of.js';
import { drain, type Optimized } from '../drain.js';
import type { AnyFunction, Strategy, StrategyHost } from '../strategy.js';

/** How a function is kept from hurting when memory is scarce. */
export interface MemorySettings {
  /** What can give memory back: caches, logs, entry stores, resource managers. Default none. */
  readonly responders: readonly MemoryResponder[];
  /** How scarce memory is. Default: always 'fair', so that little is given back before each call. */
  readonly pressure: () => PressureLevel | Promise<PressureLevel>;
  /** How long it may keep the thread; half as long from 'serious' on. Default 8. */
  readonly sliceMs: Milliseconds;
}
export type MemoryOptions = Partial<MemorySettings>;

const DEFAULTS: MemorySettings = Object.freeze({
  responders: Object.freeze([]),
  pressure: () => PressureLevel.FAIR,
  sliceMs: 8,
});

const CHECKS: Checks<MemorySettings> = {
  responders: {
    allowed: 'a list of memory responders',
    test: (v) => Array.isArray(v) && v.every((one) => typeof one?.releaseMemory === 'function'),
  },
  pressure: func,
  sliceMs: positive,
};

/**
 * Runs a function in slices, and asks what is registered to give memory back before and in between. A generator
 * function is cut at its `yield`s and gives what it returns; any other can only be cut between the items of `map`.
 */
export class MemoryStrategy<A extends unknown[], R> implements Strategy<A, R> {
  readonly #fn: AnyFunction<A, R>;
  readonly #settings: Readonly<MemorySettings>;
  readonly #host: StrategyHost;
  #saved: Bytes | undefined;
  #released = 0;
  #slices = 0;
  #level: PressureLevel = PressureLevel.NOMINAL;

  /** @throws ConfigError */
  constructor(fn: AnyFunction<A, R>, options: MemoryOptions, host: StrategyHost) {
    this.#fn = fn;
    this.#settings = resolveConfig('memory', options, DEFAULTS, CHECKS);
    this.#host = host;
  }

  get details(): string {
    return `${this.#slices} slices; ${this.#released} items given back at pressure '${this.#level}'`;
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return { slices: this.#slices, itemsReleased: this.#released, pressure: this.#level };
  }

  get memorySavedBytes(): Bytes | undefined {
    return this.#saved;
  }

  async run(args: A): Promise<Optimized<R>> {
    await this.#relieve();
    return await drain(this.#fn(...args), this.#pauses());
  }

  async runMany(items: readonly A[0][]): Promise<Optimized<R>[]> {
    const results: Optimized<R>[] = [];
    await this.#relieve();
    const pause = this.#pauses();
    for (const item of items) {
      results.push(await drain(this.#fn(...argsOf<A>(item)), pause));
      await pause();
    }
    return results;
  }

  /**
   * Begins a slice. What it gives is called where work can be cut: it pauses when the slice's time is over, or half of it
   * while memory is scarce.
   */
  #pauses(): () => Promise<void> | undefined {
    const { clock } = this.#host;
    this.#slices++;
    let startedAt = clock.now();
    const pause = async () => {
      await nextTask();
      if (scarce(this.#level)) await this.#relieve();
      else this.#level = await this.#settings.pressure();
      this.#slices++;
      startedAt = clock.now();
    };
    return () => {
      const sliceMs = (scarce(this.#level) ? 0.5 : 1) * this.#settings.sliceMs;
      return clock.now() - startedAt >= sliceMs ? pause() : undefined;
    };
  }

  async #relieve(): Promise<void> {
    this.#level = await this.#settings.pressure();
    if (this.#level === PressureLevel.NOMINAL) return;
    for (const responder of this.#settings.responders) {
      try {
        const { items, bytes } = await responder.releaseMemory(this.#level);
        this.#released += items;
        if (bytes !== undefined) this.#saved = (this.#saved ?? 0) + bytes;
      } catch (cause) {
        this.#host.fail(`${responder.name} did not give memory back: ${String(cause)}`);
      }
    }
  }
}

const scarce = (level: PressureLevel): boolean => level === PressureLevel.SERIOUS || level === PressureLevel.CRITICAL;
