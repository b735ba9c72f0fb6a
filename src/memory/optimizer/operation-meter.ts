import type { Clock } from '../../core/clock.js';
import type { Bytes } from '../../core/units.js';
import type { OperationCount } from '../leaks/leak-detector.js';
import type { MemoryMetrics, MemoryOperationSummary } from './memory-metrics.js';

interface Operation {
  readonly componentId: string;
  readonly operation: string;
  runs: number;
  failed: number;
  measured: number;
  usageBytes: Bytes;
  peakBytes: Bytes | undefined;
}

/** What a meter reads around an operation. */
export interface OperationProbe {
  readonly clock: Clock;
  readonly readHeap: () => Bytes | undefined;
  readonly objectsOf: (componentId: string) => number;
  readonly collections: () => number;
  /** A run has ended. */
  readonly onChange: () => void;
}

/** The newest measurements are kept. */
const MOST_METRICS = 1_000;
/** Operations that are counted by name; those that come later are measured only. */
const MOST_OPERATIONS = 200;

/** Measures operations, and counts how often each was run. */
export class OperationMeter {
  readonly #probe: OperationProbe;
  readonly #operations = new Map<string, Operation>();
  readonly #open = new Set<{ peakBytes: Bytes | undefined }>();
  #metrics: MemoryMetrics[] = [];
  #runs = 0;

  constructor(probe: OperationProbe) {
    this.#probe = probe;
  }

  get runs(): number {
    return this.#runs;
  }

  /** The newest, oldest first. */
  metrics(componentId?: string): readonly MemoryMetrics[] {
    return this.#metrics.filter((metric) => componentId === undefined || metric.componentId === componentId);
  }

  counts(): OperationCount[] {
    return [...this.#operations.values()].map(({ componentId, operation, runs }) => ({ componentId, operation, runs }));
  }

  summaries(): MemoryOperationSummary[] {
    return [...this.#operations.values()].map(
      ({ componentId, operation, runs, failed, measured, usageBytes, peakBytes }) => ({
        componentId,
        operation,
        runs,
        failed,
        meanUsageBytes: measured > 0 ? usageBytes / measured : undefined,
        peakBytes,
      }),
    );
  }

  /** Counts one run. */
  mark(componentId: string, operation: string): void {
    this.#runs++;
    const entry = this.#entry(componentId, operation);
    if (entry) entry.runs++;
  }

  /** Raises the peak of what runs now. */
  see(usedBytes: Bytes): void {
    for (const open of this.#open) open.peakBytes = Math.max(open.peakBytes ?? 0, usedBytes);
  }

  /** Runs `fn`, and measures until it returned, or until the promise that it returned has settled. */
  measure<Result>(componentId: string, operation: string, fn: () => Result): Result;
  measure(componentId: string, operation: string, fn: () => unknown): unknown {
    const end = this.#begin(componentId, operation);
    let result: unknown;
    try {
      result = fn();
    } catch (failure) {
      end(true);
      throw failure;
    }
    if (!(result instanceof Promise)) {
      end(false);
      return result;
    }
    // What is handed back is the only promise that can go unhandled, as it would without the measurement.
    return result.then(
      (value: unknown) => {
        end(false);
        return value;
      },
      (failure: unknown) => {
        end(true);
        throw failure;
      },
    );
  }

  /** Begins one run. Returns what ends it. */
  #begin(componentId: string, operation: string): (failed: boolean) => void {
    const { clock, readHeap, collections } = this.#probe;
    const startedAt = clock.now();
    const collectionsBefore = collections();
    const before = readHeap();
    const open = { peakBytes: before };
    this.#open.add(open);
    return (failed) => {
      this.#open.delete(open);
      const after = readHeap();
      const metric: MemoryMetrics = {
        componentId,
        operation,
        memoryUsageBytes: before === undefined || after === undefined ? undefined : after - before,
        memoryPeakBytes: after === undefined ? undefined : Math.max(open.peakBytes ?? 0, after),
        objectCount: this.#probe.objectsOf(componentId),
        gcCollections: collections() - collectionsBefore,
        timestamp: clock.wallNow(),
        metadata: { durationMs: clock.now() - startedAt, failed },
      };
      this.#keep(metric);
      this.#probe.onChange();
    };
  }

  #keep(metric: MemoryMetrics): void {
    this.#metrics.push(metric);
    if (this.#metrics.length >= 2 * MOST_METRICS) this.#metrics = this.#metrics.slice(-MOST_METRICS);
    this.mark(metric.componentId, metric.operation);
    const entry = this.#entry(metric.componentId, metric.operation);
    if (!entry) return;
    if (metric.metadata.failed) entry.failed++;
    if (metric.memoryUsageBytes !== undefined) {
      entry.measured++;
      entry.usageBytes += metric.memoryUsageBytes;
    }
    if (metric.memoryPeakBytes !== undefined) entry.peakBytes = Math.max(entry.peakBytes ?? 0, metric.memoryPeakBytes);
  }

  #entry(componentId: string, operation: string): Operation | undefined {
    const key = `${componentId}\n${operation}`;
    const known = this.#operations.get(key);
    if (known || this.#operations.size >= MOST_OPERATIONS) return known;
    const entry = { componentId, operation, runs: 0, failed: 0, measured: 0, usageBytes: 0, peakBytes: undefined };
    this.#operations.set(key, entry);
    return entry;
  }
}
