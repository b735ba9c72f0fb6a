/**
 * One call under way, for all who wait for it. Each caller's own AbortSignal ends that caller's waiting; the work itself
 * is aborted when nobody waits any more.
 */
export class Flight<V> {
  /** False once its result was called invalid: whoever waits gets it, but it is not kept. */
  valid = true;
  readonly #controller = new AbortController();
  #promise: Promise<V> | undefined;
  #waiting = 0;
  readonly #onAbandoned: () => void;

  constructor(onAbandoned: () => void) {
    this.#onAbandoned = onAbandoned;
  }

  /** What the work is given in the place of its callers' signals. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  start(promise: Promise<V>): void {
    this.#promise = promise;
    // Everybody who waits may have left by the time it rejects.
    promise.catch(() => undefined);
  }

  /** Waits for it as long as none of the signals says otherwise. */
  join(signals: readonly AbortSignal[]): Promise<V> {
    const promise = this.#promise ?? Promise.reject(new TypeError('the flight has not started'));
    this.#waiting++;
    // Whoever can't leave keeps it going to the end.
    if (signals.length === 0) return promise;
    return new Promise((resolve, reject) => {
      const leave = (event: Event) => {
        unlisten();
        const { reason } = signals.find((signal) => signal === event.target) ?? this.signal;
        reject(reason);
        if (--this.#waiting > 0) return;
        this.#onAbandoned();
        this.#controller.abort(reason);
      };
      const unlisten = () => {
        for (const signal of signals) signal.removeEventListener('abort', leave);
      };
      for (const signal of signals) signal.addEventListener('abort', leave);
      promise.finally(unlisten).then(resolve, reject);
    });
  }
}
