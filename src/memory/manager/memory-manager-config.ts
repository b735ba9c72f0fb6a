import { BYTES_PER_MB, type Bytes, type Milliseconds } from '../../core/units.js';
import {
  type Check,
  type Checks,
  func,
  nonNegativeInteger,
  optional,
  positive,
  positiveInteger,
  resolveConfig,
  text,
} from '../../core/validate.js';

/** What a MemoryManager goes by (seed 004: MemoryManager). */
export interface MemoryManagerSettings<Entry = unknown> {
  /** Names the manager in reports of what gave memory back. Default 'entries'. */
  readonly name: string;
  /** Entries kept; the oldest go first. Default 1000. */
  readonly maxEntries: number;
  /** What all entries together may take, in MiB, up to 1,048,576. Default 500. */
  readonly maxMemoryMb: number;
  /** Bytes of a body that are kept; the rest is cut off. Default 10,240. */
  readonly maxBodySize: Bytes;
  /** From one look at the memory to the next. Default 60,000. */
  readonly cleanupIntervalMs: Milliseconds;
  /** The least time from one notice of `changes$` to the next. Default 100. */
  readonly notifyIntervalMs: Milliseconds;
  /** The fields of an entry that hold bodies. Default `requestBody`, `responseBody` and `body`. */
  readonly bodyFields: readonly string[];
  /** How many bytes an entry takes, asked once when it is added. Default: poise's own estimate. */
  readonly sizeOf: ((entry: Entry) => Bytes) | undefined;
}

/** The options, all of which may be left out. */
export type MemoryManagerConfig<Entry = unknown> = {
  readonly [Name in keyof MemoryManagerSettings]?: MemoryManagerSettings<Entry>[Name] | undefined;
};

const DEFAULTS = Object.freeze({
  name: 'entries',
  maxEntries: 1_000,
  maxMemoryMb: 500,
  maxBodySize: 10_240,
  cleanupIntervalMs: 60_000,
  notifyIntervalMs: 100,
  bodyFields: Object.freeze(['requestBody', 'responseBody', 'body']),
  sizeOf: undefined,
});

/** A terabyte: up to here sums of bytes are exact. */
const MOST_MB = 1_048_576;

const megabytes: Check = {
  allowed: `a number above 0, up to ${MOST_MB}`,
  test: (v) => positive.test(v) && Number(v) <= MOST_MB,
};
const names: Check = {
  allowed: 'an array of names',
  test: (v) => Array.isArray(v) && v.every((name) => typeof name === 'string'),
};

const CHECKS: Checks<MemoryManagerSettings> = {
  name: text,
  maxEntries: positiveInteger,
  maxMemoryMb: megabytes,
  maxBodySize: nonNegativeInteger,
  cleanupIntervalMs: positive,
  notifyIntervalMs: positive,
  bodyFields: names,
  sizeOf: optional(func),
};

/** @throws ConfigError */
export function resolveMemoryManagerConfig<Entry>(given: MemoryManagerConfig<Entry>): MemoryManagerSettings<Entry> {
  return resolveConfig<MemoryManagerSettings<Entry>>('MemoryManager', given, DEFAULTS, CHECKS);
}

/** The limit in bytes. */
export const maxBytesOf = ({ maxMemoryMb }: { readonly maxMemoryMb: number }): Bytes =>
  Math.floor(maxMemoryMb * BYTES_PER_MB);
