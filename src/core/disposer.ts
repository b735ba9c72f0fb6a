/** `Symbol.dispose`, or its registered stand-in where the engine has none (WebKit). */
export const disposeSymbol: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');
/** `Symbol.asyncDispose`, or its registered stand-in. */
export const asyncDisposeSymbol: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');

/** Ends one thing. Safe to call more than once. */
export type Teardown = () => void;

/**
 * Collects clean-ups and runs them once, last in first out.
 * One that throws does not keep the others from running; what they threw is rethrown together at the end.
 */
export class Disposer implements Disposable {
  #teardowns: Teardown[] = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Adds a clean-up, which runs at once when the disposer has already ended. Returns a function that runs it early. */
  add(teardown: Teardown): Teardown {
    if (this.#disposed) {
      teardown();
      return () => undefined;
    }
    this.#teardowns.push(teardown);
    return () => {
      const at = this.#teardowns.lastIndexOf(teardown);
      if (at < 0) return;
      this.#teardowns.splice(at, 1);
      teardown();
    };
  }

  /** Adds a listener that goes with the disposer. */
  listen(
    target: EventTarget,
    type: string,
    listener: (event: Event) => void,
    options?: AddEventListenerOptions,
  ): Teardown {
    target.addEventListener(type, listener, options);
    return this.add(() => target.removeEventListener(type, listener, options));
  }

  dispose(): void {
    this.#disposed = true;
    const failures: unknown[] = [];
    for (let teardown = this.#teardowns.pop(); teardown; teardown = this.#teardowns.pop()) {
      try {
        teardown();
      } catch (failure) {
        failures.push(failure);
      }
    }
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, `${failures.length} clean-ups failed`);
  }

  [disposeSymbol](): void {
    this.dispose();
  }
}
