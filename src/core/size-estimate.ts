import type { Bytes } from './units.js';

/** What a value costs beside its contents: a number, a reference, a short key. */
const SLOT_BYTES: Bytes = 8;
/** Objects looked into for one estimate; the rest counts as slots. */
const MOST_OBJECTS = 1_000;

/**
 * About how many bytes a value takes, in bounded time: strings one byte a character, numbers and references 8, buffers
 * and blobs their length. Never throws, whatever getters do; what it can't look into counts as a slot.
 */
export function estimateBytes(value: unknown): Bytes {
  return estimate(value, { left: MOST_OBJECTS });
}

function estimate(value: unknown, budget: { left: number }): Bytes {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || --budget.left < 0) return SLOT_BYTES;
  try {
    return estimateObject(value, budget);
  } catch {
    return SLOT_BYTES;
  }
}

function estimateObject(value: object, budget: { left: number }): Bytes {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  let bytes: Bytes = SLOT_BYTES;
  if (Array.isArray(value)) {
    for (const item of value) bytes += estimate(item, budget);
  } else if (value instanceof Map) {
    for (const [key, item] of value) bytes += estimate(key, budget) + estimate(item, budget);
  } else if (value instanceof Set) {
    for (const item of value) bytes += estimate(item, budget);
  } else if (typeof Blob !== 'undefined' && value instanceof Blob) {
    bytes += value.size;
  } else if (isRecord(value)) {
    for (const key in value) bytes += key.length + estimate(value[key], budget);
  }
  return bytes;
}

/** Any object is one to look into; an own test for that lets fields be read at full speed. */
const isRecord = (value: object): value is Readonly<Record<string, unknown>> => !Array.isArray(value);
