/** Stands for a key that has no hash. */
export const NO_HASH = 0;

/** So many of the last characters count. */
const TAIL = 5;
/** Makes near numbers far ones. */
const SPREAD = 0x9e_37_79_b1;
/** Keeps a hash a small integer, and one that is not NO_HASH. */
const TOP_BIT = 2 ** 29;

/**
 * A number for a key that is a string or a whole number; NO_HASH for others. Of a string only the end and the length count,
 * where keys mostly differ: an engine reads all of a new string to find it in a Map, which takes longer than all else that a
 * cache does.
 */
export function hashOf(key: unknown): number {
  if (typeof key === 'string') return spread(sample(key));
  return typeof key === 'number' && (key | 0) === key ? spread(key) : NO_HASH;
}

function sample(key: string): number {
  const { length } = key;
  if (length < TAIL) return sampleShort(key);
  return (
    key.charCodeAt(length - 1) +
    Math.imul(key.charCodeAt(length - 2), 31) +
    Math.imul(key.charCodeAt(length - 3), 31 ** 2) +
    Math.imul(key.charCodeAt(length - 4), 31 ** 3) +
    Math.imul(key.charCodeAt(length - 5), 31 ** 4) +
    Math.imul(length, 31 ** 5)
  );
}

function sampleShort(key: string): number {
  let hash = key.length;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash, 31) + key.charCodeAt(at);
  return hash;
}

function spread(sample: number): number {
  return (Math.imul(sample ^ (sample >>> 15), SPREAD) >>> 3) | TOP_BIT;
}
