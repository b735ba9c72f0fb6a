import { Observable, type OperatorFunction } from 'rxjs';
import { disposeSymbol } from '../core/disposer.js';
import type { BatchConfig } from './batch-config.js';
import { BatchUpdateThrottler } from './batch-update-throttler.js';
import type { ThrottleConfig } from './throttle-config.js';
import type { ThrottleDependencies } from './throttle-dependencies.js';
import { UpdateThrottler } from './update-throttler.js';

/**
 * Lets the latest value through at the throttler's rate, in frames. Unlike `throttleTime`, the last value always
 * arrives: at the next refresh, or at once when the source completes. Options and errors as for UpdateThrottler.
 */
export function throttleUpdates<Value>(
  config?: ThrottleConfig,
  dependencies?: ThrottleDependencies,
): OperatorFunction<Value, Value> {
  return latestByKey(() => 0, config, dependencies);
}

/** The same for each key: the latest value of every key, at the throttler's rate. The last of each always arrives. */
export function latestByKey<Value>(
  keyOf: (value: Value) => PropertyKey,
  config?: ThrottleConfig,
  dependencies?: ThrottleDependencies,
): OperatorFunction<Value, Value> {
  return (source) =>
    new Observable((subscriber) => {
      const throttler = new UpdateThrottler(config, dependencies);
      throttler.start();
      subscriber.add(() => throttler[disposeSymbol]());
      subscriber.add(
        source.subscribe({
          next: (value) => {
            try {
              throttler.requestUpdate(() => subscriber.next(value), { key: keyOf(value) });
            } catch (failure) {
              subscriber.error(failure);
            }
          },
          error: (error: unknown) => {
            throttler.flush();
            subscriber.error(error);
          },
          complete: () => {
            throttler.flush();
            subscriber.complete();
          },
        }),
      );
    });
}

/**
 * Gathers values into arrays of `batchSize`, or fewer when `batchTimeoutMs` has passed or the page is hidden.
 * The rest arrives before the source's completion or error. Options and errors as for BatchUpdateThrottler.
 */
export function batchUpdates<Value>(
  config?: BatchConfig,
  dependencies?: ThrottleDependencies,
): OperatorFunction<Value, readonly Value[]> {
  return (source) =>
    new Observable((subscriber) => {
      const batches = new BatchUpdateThrottler<Value>(config, dependencies);
      batches.setBatchProcessor((values) => subscriber.next(values));
      subscriber.add(() => batches[disposeSymbol]());
      subscriber.add(
        source.subscribe({
          next: (value) => batches.add(value),
          error: (error: unknown) => void batches.flush().then(() => subscriber.error(error)),
          complete: () => void batches.flush().then(() => subscriber.complete()),
        }),
      );
    });
}
