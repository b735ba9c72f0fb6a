import throttle from 'lodash/throttle.js';
import { type CallVariant, KEYS, type Show } from '../run-calls.js';

const make = (show: Show, waitMs: number) => throttle((key: number, value: number) => show(key, value), waitMs);

/** A Map of throttled functions. */
export function lodashKeyed(show: Show, waitMs: number): CallVariant {
  const byKey = new Map(Array.from({ length: KEYS }, (_, key) => [key, make(show, waitMs)]));
  return {
    request: (key, value) => byKey.get(key)?.(key, value),
    stop: () => {
      for (const throttled of byKey.values()) throttled.cancel();
    },
  };
}

export function lodashUnkeyed(show: Show, waitMs: number): CallVariant {
  const throttled = make(show, waitMs);
  return { request: throttled, stop: () => throttled.cancel() };
}
