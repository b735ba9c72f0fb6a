/** What every variant has. */
export interface Cached {
  get(key: string): number | undefined;
  set(key: string, value: number): unknown;
}

/** One pass over the keys each. */
export interface Loops {
  /** Reads every key; the sum of what was there, so that no read can be left out. */
  read(cache: Cached, keys: readonly string[]): number;
  write(cache: Cached, keys: readonly string[]): number;
  /** Reads every key, and sets what was not there. */
  mix(cache: Cached, keys: readonly string[]): number;
}

const SOURCE = `return {
  read(cache, keys) {
    let sum = 0;
    for (let n = 0; n < keys.length; n++) sum += cache.get(keys[n]) ?? 0;
    return sum;
  },
  write(cache, keys) {
    for (let n = 0; n < keys.length; n++) cache.set(keys[n], n);
    return keys.length;
  },
  mix(cache, keys) {
    let sum = 0;
    for (let n = 0; n < keys.length; n++) {
      const value = cache.get(keys[n]);
      if (value === undefined) cache.set(keys[n], n);
      else sum += value;
    }
    return sum;
  },
};`;

/** A copy of the code for each variant: in an app, too, the place that calls a cache sees one class of cache. */
export function ownLoops(): Loops {
  return new Function(SOURCE)();
}
