import { type Random, zipfian } from './random.js';

/** Gives one reference after the other: a key, as a whole number from `base` on. */
export type Source = () => number;

/** Again and again through `count` keys in order. */
export function loop(base: number, count: number): Source {
  let at = 0;
  return () => base + (at++ % count);
}

/** Keys that never come again. */
export function scan(base: number): Source {
  let at = base;
  return () => at++;
}

/** Skewed and independent of each other; `spread` is what keeps hot keys from standing side by side. */
export function zipf(base: number, count: number, alpha: number, random: Random): Source {
  const rank = zipfian(count, alpha, random);
  return () => base + ((rank() * 7_919) % count);
}

export function uniform(base: number, count: number, random: Random): Source {
  return () => base + Math.floor(random() * count);
}

/**
 * Recency: a key comes again soon or not at all. With probability `fresh` a new key, else one whose distance in the order
 * of last use is drawn from a power law, as measured disk and web traces show.
 */
export function recency(base: number, depth: number, fresh: number, skew: number, random: Random): Source {
  const stack: number[] = [];
  let next = base;
  return () => {
    if (stack.length < 2 || random() < fresh) {
      stack.push(next);
      if (stack.length > depth) stack.shift();
      return next++;
    }
    const distance = Math.floor(stack.length * random() ** skew);
    const at = stack.length - 1 - Math.min(distance, stack.length - 1);
    const [key = base] = stack.splice(at, 1);
    stack.push(key);
    return key;
  };
}

/** Runs through stretches of consecutive keys, chosen by `start`, of up to `longest` keys: files read from their first block. */
export function stretches(start: Source, longest: number, random: Random): Source {
  let at = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      at = start();
      left = 1 + Math.floor(random() ** 2 * longest);
    }
    left--;
    return at++;
  };
}

/** One of several sources at a time, for about `burst` references, in proportion to the weights. */
export function mix(
  parts: readonly (readonly [weight: number, source: Source])[],
  burst: number,
  random: Random,
): Source {
  const weights = parts.map(([weight]) => weight);
  const pick = weighted(weights, random);
  let left = 0;
  let current: Source = () => 0;
  return () => {
    if (left <= 0) {
      current = parts[pick()]?.[1] ?? current;
      left = Math.ceil(random() * 2 * burst);
    }
    left--;
    return current();
  };
}

/** Places of a list, in proportion to their weights. */
function weighted(weights: readonly number[], random: Random): () => number {
  let sum = 0;
  const sums = weights.map((weight) => {
    sum += weight;
    return sum;
  });
  return () => {
    const target = random() * sum;
    return sums.findIndex((upTo) => target < upTo);
  };
}

/** Each source in turn for `length` references, from the first again after the last. */
export function phases(sources: readonly Source[], length: number): Source {
  let count = 0;
  return () => sources[Math.floor(count++ / length) % sources.length]?.() ?? 0;
}
