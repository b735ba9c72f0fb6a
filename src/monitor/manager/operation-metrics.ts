import type { Bytes, EpochMs, Milliseconds } from '../../core/units.js';

/** What one run of a measured function took (seed 000: PerformanceMetrics). Plain data, fit for a log. */
export interface OperationMetrics {
  readonly componentId: string;
  readonly operation: string;
  /** When it began. */
  readonly timestamp: EpochMs;
  /** From the call to the return, or until its promise was settled. */
  readonly executionTimeMs: Milliseconds;
  readonly async: boolean;
  readonly failed: boolean;
  /** The name of the error that it ended with, 'TypeError' and so on. */
  readonly errorName: string | undefined;
  /**
   * How much the heap grew meanwhile, with what will be collected (the seed's memory_usage). `undefined` where the
   * browser gives no exact figure, when something was collected meanwhile, and for async runs, which are not alone.
   */
  readonly memoryUsageBytes: Bytes | undefined;
  /**
   * The share of that time in which the main thread was busy (the seed's cpu_usage), 0 to 100. For async runs that is
   * time in tasks of more than 50 ms, of whoever; `undefined` where the browser does not tell those, and until it has.
   */
  readonly mainThreadPercent: number | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Whether something out of a log is one; a log may hold other entries as well. */
export function isOperationMetrics(value: unknown): value is OperationMetrics {
  if (typeof value !== 'object' || value === null) return false;
  return (
    typeof Reflect.get(value, 'componentId') === 'string' &&
    typeof Reflect.get(value, 'operation') === 'string' &&
    typeof Reflect.get(value, 'timestamp') === 'number' &&
    typeof Reflect.get(value, 'executionTimeMs') === 'number'
  );
}
