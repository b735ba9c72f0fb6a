import { Severity } from '../../core/severity.js';
import type { Bytes, EpochMs, Milliseconds } from '../../core/units.js';
import type { LeakKind } from './leak-kind.js';

/** How bad a memory issue is (seed 000: MemorySeverity). */
export const MemorySeverity: typeof Severity = Severity;
export type MemorySeverity = Severity;

/** Something that grows and is not given back (seed 000: MemoryLeak). */
export interface MemoryLeak {
  /** Names the leak while it lasts. */
  readonly id: string;
  readonly kind: LeakKind;
  /** The component, the selector of the elements, or 'page'. */
  readonly componentId: string;
  readonly operation: string;
  /** Undefined where it is not known. */
  readonly memoryIncreaseBytes: Bytes | undefined;
  readonly objectIncrease: number | undefined;
  readonly durationMs: Milliseconds;
  readonly severity: MemorySeverity;
  /** How sure, 0 to 1. */
  readonly confidence: number;
  /** When it was found. */
  readonly timestamp: EpochMs;
  /** When it stopped growing, or was given back; undefined while it goes on. */
  readonly endedAt: EpochMs | undefined;
  readonly details: string;
  readonly recommendations: readonly string[];
}
