import { type Disposer, disposeSymbol } from '../../core/disposer.js';
import type { MonitorPart, PartContext } from './part.js';
import { eachPart, loadParts, type MakeParts, NO_PARTS, type Parts } from './parts.js';

/**
 * The monitor's parts. Their code is loaded at the first start; they are made when somebody asks for one or the page has
 * time, whichever is first, and there until they are disposed.
 */
export class MonitorParts implements Disposable {
  readonly #context: PartContext;
  #make: MakeParts | undefined;
  #loading: Promise<MakeParts> | undefined;
  #parts: Parts | undefined;
  #running: Disposer | undefined;
  #disposed = false;

  constructor(context: PartContext) {
    this.#context = context;
  }

  /** None before their code was loaded. */
  get all(): Parts {
    this.#parts ??= this.#makeParts();
    return this.#parts ?? NO_PARTS;
  }

  /**
   * Runs them until `running` ends. Rejects when code can't be loaded; the next call tries again.
   * @returns what is left to do when the page has time
   */
  async start(running: Disposer): Promise<(() => void)[]> {
    this.#make = await this.#load();
    if (running.disposed) return [];
    this.#running = running;
    running.add(() => {
      this.#running = undefined;
    });
    for (const part of eachPart(this.#parts ?? NO_PARTS)) this.#start(part);
    // What the app's own do counts from here on.
    if (Object.values(this.#context.given).some((part) => part !== undefined)) void this.all;
    return [
      () => void this.all,
      () => {
        for (const part of eachPart(this.all)) part.startLate?.();
      },
    ];
  }

  /** None is made after this. */
  [disposeSymbol](): void {
    this.#disposed = true;
    for (const part of eachPart(this.#parts ?? NO_PARTS)) part[disposeSymbol]();
  }

  #makeParts(): Parts | undefined {
    if (this.#disposed) return undefined;
    const parts = this.#make?.();
    for (const part of eachPart(parts ?? NO_PARTS)) this.#start(part);
    return parts;
  }

  #start(part: MonitorPart<unknown>): void {
    if (!this.#running) return;
    this.#running.add(() => part.stop());
    part.start();
  }

  #load(): Promise<MakeParts> {
    this.#loading ??= loadParts(this.#context).catch((cause: unknown) => {
      this.#loading = undefined;
      throw cause;
    });
    return this.#loading;
  }
}
