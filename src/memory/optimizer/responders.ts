import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import { CallbackError, PoiseError } from '../../core/errors.js';
import type { MemoryRelease, MemoryResponder } from '../../core/memory-responder.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { Bytes, Milliseconds } from '../../core/units.js';

/** What one responder did when it was asked. */
export interface ResponderResult {
  readonly name: string;
  readonly outcome: 'released' | 'failed' | 'timed-out';
  readonly items: number;
  /** Undefined where it does not know. */
  readonly bytes: Bytes | undefined;
  readonly durationMs: Milliseconds;
}

/** What all gave back when they were asked to. */
export interface MemoryOptimization {
  readonly level: PressureLevel;
  readonly items: number;
  /** The sum of what is known. */
  readonly bytes: Bytes;
  readonly responders: readonly ResponderResult[];
}

/** An answer is waited for this long. */
const ANSWER_MS: Milliseconds = 5_000;
const NOTHING = { items: 0, bytes: undefined } as const;

/** Those who can give memory back. */
export class Responders {
  readonly #clock: Clock;
  readonly #report: (error: PoiseError) => void;
  readonly #responders = new Set<{ readonly responder: MemoryResponder }>();
  /** Ends the waits that are under way. */
  readonly #waits = new Set<Teardown>();
  #asking: Promise<MemoryOptimization> | undefined;
  #last: MemoryOptimization | undefined;
  #rounds = 0;
  #bytesFreed: Bytes = 0;

  constructor(clock: Clock, report: (error: PoiseError) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  get count(): number {
    return this.#responders.size;
  }

  /** The newest answer of all. */
  get last(): MemoryOptimization | undefined {
    return this.#last;
  }

  /** How often all were asked. */
  get rounds(): number {
    return this.#rounds;
  }

  get bytesFreed(): Bytes {
    return this.#bytesFreed;
  }

  add(responder: MemoryResponder): Teardown {
    const entry = { responder };
    this.#responders.add(entry);
    return () => this.#responders.delete(entry);
  }

  /** Asks everyone at once; while that lasts, a second call gets the same answer. Does not reject. */
  ask(level: PressureLevel): Promise<MemoryOptimization> {
    this.#asking ??= this.#askAll(level).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #askAll(level: PressureLevel): Promise<MemoryOptimization> {
    const responders = await Promise.all([...this.#responders].map(({ responder }) => this.#askOne(responder, level)));
    const optimization = {
      level,
      items: responders.reduce((sum, { items }) => sum + items, 0),
      bytes: responders.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
      responders,
    };
    this.#last = optimization;
    this.#rounds++;
    this.#bytesFreed += optimization.bytes;
    return optimization;
  }

  /** Waits for nobody any longer. */
  stop(): void {
    for (const end of this.#waits) end();
  }

  async #askOne(responder: MemoryResponder, level: PressureLevel): Promise<ResponderResult> {
    const { name } = responder;
    const startedAt = this.#clock.now();
    const result = (outcome: ResponderResult['outcome'], { items, bytes }: MemoryRelease): ResponderResult => ({
      name,
      outcome,
      items,
      bytes,
      durationMs: this.#clock.now() - startedAt,
    });
    try {
      const answer = responder.releaseMemory(level);
      if (!(answer instanceof Promise)) return result('released', answer);
      const release = await this.#waitFor(answer);
      if (release !== undefined) return result('released', release);
      this.#report(new PoiseError('POISE_MEMORY_TIMEOUT', `${name} did not say what it released in ${ANSWER_MS} ms`));
      return result('timed-out', NOTHING);
    } catch (cause) {
      this.#report(new CallbackError(`releaseMemory of ${name}`, cause));
      return result('failed', NOTHING);
    }
  }

  /** Undefined when the answer did not come in time. */
  #waitFor(answer: Promise<MemoryRelease>): Promise<MemoryRelease | undefined> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        end();
        resolve(undefined);
      };
      const cancel = this.#clock.setTimer(giveUp, ANSWER_MS);
      const end = () => {
        cancel();
        this.#waits.delete(giveUp);
      };
      this.#waits.add(giveUp);
      void answer.then(resolve, reject).finally(end);
    });
  }
}
