import type { Bytes } from './units.js';

/** What a value costs beside its contents: a number, a reference, a short key. */
const SLOT_BYTES: Bytes = 8;
/** Objects looked into for one estimate; the rest counts as slots. */
const MOST_OBJECTS = 1_000;

/** How far one estimate has come. */
interface Walk {
  left: number;
  readonly root: object;
  /** Made at the second object: most values are flat. */
  seen: Set<object> | undefined;
}

/**
 * About how many bytes a value takes, in bounded time: strings one byte a character, numbers and references 8, buffers
 * and blobs their length. What is found again (a cycle, a shared buffer) counts once. Never throws, whatever getters do;
 * what it can't look into counts as a slot.
 */
export function estimateBytes(value: unknown): Bytes {
  if (typeof value !== 'object' || value === null) return estimatePrimitive(value);
  return estimateGuarded(value, { left: MOST_OBJECTS - 1, root: value, seen: undefined });
}

const estimatePrimitive = (value: unknown): Bytes => (typeof value === 'string' ? value.length : SLOT_BYTES);

function estimate(value: unknown, walk: Walk): Bytes {
  if (typeof value !== 'object' || value === null) return estimatePrimitive(value);
  if (--walk.left < 0 || value === walk.root) return SLOT_BYTES;
  walk.seen ??= new Set();
  if (walk.seen.has(value)) return SLOT_BYTES;
  walk.seen.add(value);
  return estimateGuarded(value, walk);
}

function estimateGuarded(value: object, walk: Walk): Bytes {
  try {
    return estimateObject(value, walk);
  } catch {
    return SLOT_BYTES;
  }
}

function estimateObject(value: object, walk: Walk): Bytes {
  if (ArrayBuffer.isView(value) || isBuffer(value)) return value.byteLength;
  if (typeof Blob !== 'undefined' && value instanceof Blob) return value.size;
  let bytes: Bytes = SLOT_BYTES;
  if (Array.isArray(value)) {
    for (const item of value) bytes += estimate(item, walk);
  } else if (value instanceof Map) {
    for (const [key, item] of value) bytes += estimate(key, walk) + estimate(item, walk);
  } else if (value instanceof Set) {
    for (const item of value) bytes += estimate(item, walk);
  } else if (isRecord(value)) {
    for (const key in value) bytes += key.length + estimate(value[key], walk);
  }
  return bytes;
}

/** SharedArrayBuffer is there only in isolated pages. */
export const isBuffer = (value: object): value is ArrayBufferLike =>
  value instanceof ArrayBuffer || (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer);

/** Any object is one to look into; an own test for that lets fields be read at full speed. */
const isRecord = (value: object): value is Readonly<Record<string, unknown>> => !Array.isArray(value);
