import type { Bytes } from '../../core/units.js';
import { durationText, sizeText } from './describe-growth.js';
import { GrowthWatches } from './growth-watches.js';
import {
  findingTimes,
  HOUR_MS,
  type LeakDetector,
  type LeakFinding,
  type Observation,
  type OperationCount,
} from './leak-detector.js';
import { LeakKind } from './leak-kind.js';

/** So many runs have to be seen. */
const LEAST_RUNS = 8;
/** Less for each run is what engines keep on their own. */
const LEAST_BYTES_A_RUN: Bytes = 4_096;
/** Of the growth that counts in an hour, what has to be seen. */
const SEEN_SHARE = 0.1;

/**
 * What is left after collections grows by a steady amount with each run of an operation (`measureMemory`, or a mark such
 * as the visit of a route), whenever it is run.
 */
export class OperationGrowth implements LeakDetector {
  readonly kind: LeakKind = LeakKind.OPERATION_GROWTH;
  readonly #watches: GrowthWatches<OperationCount>;

  constructor(leakThresholdBytes: Bytes) {
    this.#watches = new GrowthWatches(
      { minSpan: LEAST_RUNS, minIncrease: leakThresholdBytes * SEEN_SHARE, minRate: LEAST_BYTES_A_RUN },
      { newOnesWereZero: false },
    );
  }

  observe({ time, heap, settled, operations }: Observation): readonly LeakFinding[] {
    if (heap && settled && operations && heap.source !== 'tracked') {
      this.#watches.add(
        time,
        operations.map((operation) => ({
          key: `${operation.componentId} ${operation.operation}`,
          x: operation.runs,
          y: heap.usedBytes,
          of: operation,
        })),
      );
    }
    return this.#watches.growing().map(({ key, growth, of }): LeakFinding => {
      const name = `${of.operation} of ${of.componentId}`;
      return {
        key,
        componentId: of.componentId,
        operation: of.operation,
        memoryIncreaseBytes: growth.increase,
        objectIncrease: undefined,
        bytesPerHour: growth.durationMs > 0 ? (growth.increase / growth.durationMs) * HOUR_MS : undefined,
        ...findingTimes(growth),
        details: `Each ${name} left ${sizeText(growth.rate)} behind: ${sizeText(growth.increase)} in ${durationText(growth.durationMs)}.`,
        recommendations: [
          `Check that what ${name} sets up is taken down: listeners on window and document, timers, subscriptions, entries in stores that live longer.`,
        ],
      };
    });
  }
}
