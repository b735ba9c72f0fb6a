import { type Observable, Subject } from 'rxjs';
import type { Environment } from '../../core/environment.js';

/**
 * Counts full garbage collections, after which nothing dead is left: each ends a sentinel that nobody holds, and the next
 * one is put up. The sentinel is a symbol, as those are old from the start in V8 and SpiderMonkey: the collections of young
 * objects, of which there are many, would end any other object too. Nothing is counted without a FinalizationRegistry.
 */
export class CollectionCounter {
  readonly #registry: FinalizationRegistry<undefined> | undefined;
  readonly #collected = new Subject<void>();
  #count = 0;
  #isUp = false;
  #running = false;

  constructor({ FinalizationRegistry: Registry }: Environment) {
    this.#registry = Registry && new Registry(() => this.#onCollected());
  }

  get supported(): boolean {
    return this.#registry !== undefined;
  }

  get count(): number {
    return this.#count;
  }

  /** Emits shortly after each. */
  get collected$(): Observable<void> {
    return this.#collected.asObservable();
  }

  start(): void {
    this.#running = true;
    // The sentinel of before a stop may still be up.
    if (!this.#isUp) this.#putUp();
  }

  stop(): void {
    this.#running = false;
  }

  #putUp(): void {
    if (!this.#registry) return;
    this.#isUp = true;
    try {
      this.#registry.register(Symbol('poise sentinel'), undefined);
    } catch {
      // Engines of before 2023 take only objects.
      this.#registry.register({}, undefined);
    }
  }

  #onCollected(): void {
    this.#isUp = false;
    if (!this.#running) return;
    this.#count++;
    this.#putUp();
    this.#collected.next();
  }
}
