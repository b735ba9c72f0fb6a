import type { MemoryResponder } from '../../core/memory-responder.js';
import { PressureLevel } from '../../core/pressure-level.js';
import type { Bytes, Milliseconds } from '../../core/units.js';
import { type Checks, func, positive, resolveConfig } from '../../core/validate.js';
import { nextTask } from '../../core/yield-to-main.js';
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

  async run(args: A): Promise<Awaited<R>> {
    await this.#relieve();
    const result: unknown = await this.#fn(...args);
    return isIterator(result) ? await this.#drive(result) : await this.#once(result);
  }

  async runMany(items: readonly A[0][]): Promise<Awaited<R>[]> {
    const results: Awaited<R>[] = [];
    await this.#relieve();
    const slice = this.#slice();
    for (const item of items) {
      results.push(await Reflect.apply(this.#fn, undefined, [item]));
      if (slice.over()) await slice.next();
    }
    return results;
  }

  #once(result: FromFunction): FromFunction {
    this.#slices++;
    return result;
  }

  async #drive(iterator: Iterator<unknown, FromFunction>): Promise<FromFunction> {
    const slice = this.#slice();
    for (;;) {
      const step = iterator.next();
      if (step.done) return step.value;
      await step.value;
      if (slice.over()) await slice.next();
    }
  }

  /** A stretch of work that ends when its time is over, or sooner when memory is scarce. */
  #slice() {
    const { clock } = this.#host;
    this.#slices++;
    let startedAt = clock.now();
    return {
      over: () => clock.now() - startedAt >= (scarce(this.#level) ? 0.5 : 1) * this.#settings.sliceMs,
      next: async () => {
        await nextTask();
        if (scarce(this.#level)) await this.#relieve();
        else this.#level = await this.#settings.pressure();
        this.#slices++;
        startedAt = clock.now();
      },
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

/** What the function gives is what the app's own type says; the compiler can't follow it through an iterator. */
type FromFunction = MessageEvent['data'];

const scarce = (level: PressureLevel): boolean => level === PressureLevel.SERIOUS || level === PressureLevel.CRITICAL;

function isIterator(value: unknown): value is Iterator<unknown, FromFunction> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return 'next' in value && typeof value.next === 'function' && Symbol.iterator in value;
}
