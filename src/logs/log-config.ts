import type { Bytes, Milliseconds } from '../core/units.js';
import {
  type Check,
  type Checks,
  flag,
  nonNegativeInteger,
  oneOf,
  optional,
  positive,
  positiveInteger,
  resolveConfig,
  text,
} from '../core/validate.js';
import { RotationPolicy } from './rotation-policy.js';

/** What stays of sealed segments beside `maxFiles`; each may be left out. */
export interface LogRetention {
  /** Segments whose newest entry is older go. */
  readonly maxAgeMs?: Milliseconds | undefined;
  /** The oldest segments go while all together take more, as stored. */
  readonly maxBytes?: Bytes | undefined;
}

/** How sure a write is before it counts as durable (https://w3c.github.io/IndexedDB/#transaction-durability-hint). */
export const LogDurability = {
  /** Survives a crashed tab and a killed browser. */
  RELAXED: 'relaxed',
  /** Survives a power cut as well; about a third slower. */
  STRICT: 'strict',
} as const;
export type LogDurability = (typeof LogDurability)[keyof typeof LogDurability];

/** What a LogRotator goes by (seed 004: RotationConfig). */
export interface LogSettings {
  /** Names the log and its database; tabs that use one name share one log. Default 'logs'. */
  readonly name: string;
  /** What makes a segment full: one policy, or several, of which the first that is reached counts. Default 'count'. */
  readonly policy: RotationPolicy | readonly RotationPolicy[];
  /** Entries in a segment (policy 'count'). Default 1000. */
  readonly maxCount: number;
  /** Bytes of entries in a segment before compression (policy 'size'). Default 5 MiB. */
  readonly maxSizeBytes: Bytes;
  /** From a segment's first entry to its end (policy 'time'). Default 3,600,000 (1 hour). */
  readonly maxAgeMs: Milliseconds;
  /** Sealed segments kept; the oldest goes first. Default 5. */
  readonly maxFiles: number;
  /** Whether sealed segments are compressed, in a worker when the page is idle. Default true. */
  readonly compressOld: boolean;
  /** Default: nothing but `maxFiles`. */
  readonly retention: LogRetention;
  /** How long an entry waits in memory at most before it is written. Default 1000. */
  readonly flushIntervalMs: Milliseconds;
  /** Entries that wait in memory at most while they can't be written (a full disk); the oldest go first. Default 50,000. */
  readonly maxPending: number;
  /** Default 'relaxed'. */
  readonly durability: LogDurability;
  /** The field that holds an entry's time, a Date or epoch milliseconds. Without it the time of adding counts. Default 'timestamp'. */
  readonly timeField: string;
}

/** The options, all of which may be left out. */
export type LogConfig = { readonly [Name in keyof LogSettings]?: LogSettings[Name] | undefined };

const DEFAULTS: LogSettings = Object.freeze({
  name: 'logs',
  policy: RotationPolicy.COUNT,
  maxCount: 1_000,
  maxSizeBytes: 5 * 1024 * 1024,
  maxAgeMs: 3_600_000,
  maxFiles: 5,
  compressOld: true,
  retention: Object.freeze({}),
  flushIntervalMs: 1_000,
  maxPending: 50_000,
  durability: LogDurability.RELAXED,
  timeField: 'timestamp',
});

const policyName = oneOf(RotationPolicy);
const policies: Check = {
  allowed: `${policyName.allowed}, or an array of them`,
  test: (v) => (Array.isArray(v) ? v.length > 0 && v.every(policyName.test) : policyName.test(v)),
};
const RETENTION_CHECKS: Checks<LogRetention> = { maxAgeMs: optional(positive), maxBytes: optional(positive) };
const anObject: Check = { allowed: 'an object', test: (v) => typeof v === 'object' && v !== null };
const CHECKS: Checks<LogSettings> = {
  name: text,
  policy: policies,
  maxCount: positiveInteger,
  maxSizeBytes: positive,
  maxAgeMs: positive,
  maxFiles: nonNegativeInteger,
  compressOld: flag,
  retention: anObject,
  flushIntervalMs: positive,
  maxPending: positiveInteger,
  durability: oneOf(LogDurability),
  timeField: text,
};

/** @throws ConfigError */
export function resolveLogConfig(given: LogConfig): LogSettings {
  const config = resolveConfig('LogRotator', given, DEFAULTS, CHECKS);
  const retention = resolveConfig<LogRetention>('LogRotator retention', config.retention, {}, RETENTION_CHECKS);
  return Object.freeze({ ...config, retention });
}
