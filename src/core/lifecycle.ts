/** Everything that runs: `start()` and `stop()` may be called any number of times, in any order. */
export interface Lifecycle extends Disposable {
  /** Starts; does nothing when it runs already. */
  start(): void;
  /** Stops and leaves nothing behind; it can be started again. */
  stop(): void;
}
