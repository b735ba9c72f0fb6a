import type { FrameSecond } from '../../collect/frame-seconds.js';
import type { LongFrame } from '../../collect/long-frames.js';
import { PoiseError } from '../../core/errors.js';
import type { EpochMs, MonotonicMs } from '../../core/units.js';
import type { LogStats } from '../../logs/index.js';
import type { MemoryManagerStats, MemoryReport } from '../../memory/index.js';
import type { PerformanceStats } from '../../monitor/index.js';
import type { ResourceReport } from '../../resources/resource-stats.js';
import type { ThrottleSettings } from '../../throttle/throttle-config.js';
import type { ThrottleStats } from '../../throttle/throttle-stats.js';
import type { PoolStats } from '../../workers/index.js';
import type { CachesPart } from '../overlay-source.js';

/** What the overlay could see in one second. A part that was not there is left out. */
export interface SessionSample {
  readonly time: MonotonicMs;
  readonly at: EpochMs;
  /** The whole second before. */
  readonly frames?: FrameSecond | undefined;
  /** Those that came since the sample before. */
  readonly longFrames: readonly LongFrame[];
  readonly throttler?: { readonly stats: ThrottleStats; readonly config: ThrottleSettings } | undefined;
  readonly resources?: ResourceReport | undefined;
  readonly memory?: MemoryManagerStats | undefined;
  readonly leaks?: MemoryReport | undefined;
  readonly logs?: LogStats | undefined;
  readonly caches?: ReturnType<CachesPart['getStats']> | undefined;
  readonly workers?: Readonly<Record<string, PoolStats>> | undefined;
  readonly monitor?: PerformanceStats | undefined;
}

/** A recording of what the overlay saw, as it is kept in a file. */
export interface Session {
  readonly format: 'poise-session';
  readonly version: 1;
  /** The page, without query and fragment. */
  readonly page: string;
  readonly userAgent: string;
  readonly samples: readonly SessionSample[];
}

/** Errors have nothing that JSON would take. */
const plain = (_key: string, value: unknown): unknown =>
  value instanceof Error ? { name: value.name, message: value.message } : value;

export const writeSession = (session: Session): string => JSON.stringify(session, plain);

/** @throws PoiseError when it is none, or one of a later version */
export function readSession(text: string): Session {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new PoiseError('POISE_SESSION', 'this file is no JSON', { cause });
  }
  if (!isSession(value)) throw new PoiseError('POISE_SESSION', 'this file is no session of this version of poise');
  return value;
}

function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false;
  if (!('format' in value) || value.format !== 'poise-session') return false;
  if (!('version' in value) || value.version !== 1) return false;
  return (
    'samples' in value && Array.isArray(value.samples) && value.samples.length > 0 && value.samples.every(isSample)
  );
}

const isSample = (value: unknown): value is SessionSample =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'number' &&
  'time' in value &&
  typeof value.time === 'number' &&
  'longFrames' in value &&
  Array.isArray(value.longFrames);
