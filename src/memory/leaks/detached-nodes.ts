import { durationText, perMinute } from './describe-growth.js';
import { GrowthWatches } from './growth-watches.js';
import {
  type DetachedCount,
  findingTimes,
  HOUR_MS,
  LEAST_SPAN_MS,
  type LeakDetector,
  type LeakFinding,
  type Observation,
} from './leak-detector.js';
import { LeakKind } from './leak-kind.js';

/** Fewer elements than this are kept by many an app on purpose. */
const LEAST_INCREASE = 8;

/** More and more elements that were taken out of the document outlive collections. A pool of recycled ones stops growing. */
export class DetachedNodes implements LeakDetector {
  readonly kind: LeakKind = LeakKind.DETACHED_NODES;
  readonly #watches = new GrowthWatches<DetachedCount>(
    { minSpan: LEAST_SPAN_MS, minIncrease: LEAST_INCREASE, minRate: LEAST_INCREASE / HOUR_MS },
    { newOnesWereZero: true },
  );

  observe({ time, detached }: Observation): readonly LeakFinding[] {
    if (detached) {
      this.#watches.add(
        time,
        detached.map((group) => ({ key: group.selector, x: time, y: group.live, of: group })),
      );
    }
    return this.#watches.growing().map(
      ({ key, growth, of }): LeakFinding => ({
        key,
        componentId: key,
        operation: 'remove',
        memoryIncreaseBytes: undefined,
        objectIncrease: growth.increase,
        bytesPerHour: undefined,
        ...findingTimes(growth),
        details: `${growth.increase} more elements "${key}" live outside the document than ${durationText(growth.durationMs)} ago, ${perMinute(growth.rate).toFixed(1)} more a minute; at least ${of.live} in all.`,
        recommendations: [
          `Find what still refers to "${key}" after its removal: an array or map of elements, a listener on window or document that closes over it, an observer that was not disconnected.`,
        ],
      }),
    );
  }
}
