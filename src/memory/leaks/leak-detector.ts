import type { HeapReading } from '../../core/heap-reading.js';
import type { Bytes, Milliseconds, MonotonicMs } from '../../core/units.js';
import type { Growth } from './growth-watch.js';
import type { LeakKind } from './leak-kind.js';

/** Tracked objects of one component that were alive when last counted. */
export interface ComponentCount {
  readonly componentId: string;
  readonly live: number;
  /** As far as it is known: of buffers and blobs, and what the app told. */
  readonly bytes: Bytes;
}

/** How often an operation was run. */
export interface OperationCount {
  readonly componentId: string;
  readonly operation: string;
  readonly runs: number;
}

/** Elements that were taken out of the document and are still alive, by a selector that fits them. */
export interface DetachedCount {
  readonly selector: string;
  readonly live: number;
}

/** What there is to see of the page's memory at a time. */
export interface Observation {
  readonly time: MonotonicMs;
  /** Left out where no reading was made. */
  readonly heap?: HeapReading;
  /** Whether a garbage collection has just ended, so that `heap` holds next to nothing dead. */
  readonly settled: boolean;
  /** Counted after a collection; left out where nothing was counted. */
  readonly components?: readonly ComponentCount[];
  readonly detached?: readonly DetachedCount[];
  /** Left out where `heap` is not settled. */
  readonly operations?: readonly OperationCount[];
}

/** What one detector holds for a leak now. */
export interface LeakFinding {
  /** Names the finding among those of its detector. */
  readonly key: string;
  readonly componentId: string;
  readonly operation: string;
  /** Undefined where it is not known. */
  readonly memoryIncreaseBytes: Bytes | undefined;
  readonly objectIncrease: number | undefined;
  /** How fast it grows, for severity; undefined where it is not known in bytes. */
  readonly bytesPerHour: Bytes | undefined;
  /** How long it has grown. */
  readonly durationMs: Milliseconds;
  /** How sure, 0 to 1. */
  readonly confidence: number;
  readonly details: string;
  readonly recommendations: readonly string[];
}

/** Finds one kind of leak. */
export interface LeakDetector {
  readonly kind: LeakKind;
  /** Takes in what is to be seen. Answers with all that it holds for a leak from now on. */
  observe(observation: Observation): readonly LeakFinding[];
}

/** Makes a detector; `leakThresholdBytes` is the growth in an hour that counts as a leak. */
export type MakeDetector = (leakThresholdBytes: Bytes) => LeakDetector;

export const HOUR_MS: Milliseconds = 3_600_000;
/** A growth is seen for at least so long before it is told. */
export const LEAST_SPAN_MS: Milliseconds = 130_000;

/** The part of a finding that every detector reads off its watch. */
export function findingTimes({ durationMs, confidence }: Growth): Pick<LeakFinding, 'durationMs' | 'confidence'> {
  return { durationMs, confidence };
}
