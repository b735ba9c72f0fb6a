import { disposeSymbol } from '../../core/disposer.js';
import type { PartContext } from './part.js';
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

  /** Loads them once. Rejects when code can't be loaded; the next call tries again. */
  load(): Promise<Parts> {
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
