import { type Observable, Subject } from 'rxjs';
import type { Environment } from '../../core/environment.js';

/**
 * Counts full garbage collections: each ends a sentinel that nobody holds, and the next one is put up. Collections of
 * only young objects leave it alone. Nothing is counted where there is no FinalizationRegistry.
 */
export class CollectionCounter {
  readonly #registry: FinalizationRegistry<undefined> | undefined;
  readonly #collected = new Subject<void>();
  #count = 0;
  #waiting = false;
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
    if (!this.#waiting) this.#arm();
  }

  stop(): void {
    this.#running = false;
  }

  #arm(): void {
    if (!this.#registry) return;
    this.#waiting = true;
    this.#registry.register({}, undefined);
  }

  #onCollected(): void {
    this.#waiting = false;
    if (!this.#running) return;
    this.#count++;
    this.#arm();
    this.#collected.next();
  }
}
