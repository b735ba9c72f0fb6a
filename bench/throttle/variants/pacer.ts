import { Throttler } from '@tanstack/pacer/throttler';
import { type CallVariant, KEYS, type Show } from '../run-calls.js';

const make = (show: Show, waitMs: number) =>
  new Throttler((key: number, value: number) => show(key, value), { wait: waitMs });

/** A Map of Throttlers. */
export function pacerKeyed(show: Show, waitMs: number): CallVariant {
  const byKey = new Map(Array.from({ length: KEYS }, (_, key) => [key, make(show, waitMs)]));
  return {
    request: (key, value) => byKey.get(key)?.maybeExecute(key, value),
    stop: () => {
      for (const throttler of byKey.values()) throttler.cancel();
    },
  };
}

export function pacerUnkeyed(show: Show, waitMs: number): CallVariant {
  const throttler = make(show, waitMs);
  return { request: (key, value) => throttler.maybeExecute(key, value), stop: () => throttler.cancel() };
}
