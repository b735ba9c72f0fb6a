import { type Disposer, disposeSymbol } from '../../core/disposer.js';
import type { MonitorPart, PartContext } from './part.js';
import { eachPart, loadParts, NO_PARTS, type Parts } from './parts.js';

/** The monitor's parts: loaded once, at the first start, and there until they are disposed. */
export class MonitorParts implements Disposable {
  readonly #context: PartContext;
  #parts: Parts = NO_PARTS;
  #loading: Promise<Parts> | undefined;
  #disposed = false;

  constructor(context: PartContext) {
    this.#context = context;
  }

  /** None before they were loaded. */
  get all(): Parts {
    return this.#parts;
  }

  /**
   * Starts them until `running` ends; they are loaded at the first time. Rejects when code can't be loaded; the next call
   * tries again.
   * @returns what is left to do: each starts one that can wait
   */
  async start(running: Disposer): Promise<(() => void)[]> {
    const parts = eachPart(await this.#load());
    if (running.disposed) return [];
    const start = (part: MonitorPart<unknown>) => {
      running.add(() => part.stop());
      part.start();
    };
    for (const part of parts) if (!part.late) start(part);
    return parts.filter(({ late }) => late).map((part) => () => start(part));
  }

  #load(): Promise<Parts> {
    this.#loading ??= loadParts(this.#context).then(
      (parts) => {
        this.#parts = parts;
        if (this.#disposed) this.#disposeAll();
        return parts;
      },
      (cause: unknown) => {
        this.#loading = undefined;
        throw cause;
      },
    );
    return this.#loading;
  }

  /** Also those that are still being loaded. */
  [disposeSymbol](): void {
    this.#disposed = true;
    this.#disposeAll();
  }

  #disposeAll(): void {
    for (const part of eachPart(this.#parts)) part[disposeSymbol]();
  }
}
