import { durationText, perMinute, sizeText } from './describe-growth.js';
import { GrowthWatches } from './growth-watches.js';
import {
  type ComponentCount,
  findingTimes,
  HOUR_MS,
  LEAST_SPAN_MS,
  type LeakDetector,
  type LeakFinding,
  type Observation,
} from './leak-detector.js';
import { LeakKind } from './leak-kind.js';

/** Fewer objects more than before are no leak yet. */
const LEAST_INCREASE = 8;

/** More and more objects of a component, as handed to `track()`, outlive collections. */
export class LiveObjects implements LeakDetector {
  readonly kind: LeakKind = LeakKind.LIVE_OBJECTS;
  readonly #watches = new GrowthWatches<ComponentCount>(
    { minSpan: LEAST_SPAN_MS, minIncrease: LEAST_INCREASE, minRate: LEAST_INCREASE / HOUR_MS },
    { newOnesWereZero: true },
  );

  observe({ time, components }: Observation): readonly LeakFinding[] {
    if (components) {
      this.#watches.add(
        time,
        components.map((component) => ({ key: component.componentId, x: time, y: component.live, of: component })),
      );
    }
    return this.#watches.growing().map(({ key, growth, of }): LeakFinding => {
      const bytesEach = of.live > 0 ? of.bytes / of.live : 0;
      const bytes = bytesEach > 0 ? growth.increase * bytesEach : undefined;
      const size = bytes === undefined ? '' : ` (${sizeText(bytes)})`;
      return {
        key,
        componentId: key,
        operation: 'track',
        memoryIncreaseBytes: bytes,
        objectIncrease: growth.increase,
        bytesPerHour: bytes === undefined ? undefined : growth.rate * bytesEach * HOUR_MS,
        ...findingTimes(growth),
        details: `${growth.increase} more objects of ${key}${size} live than ${durationText(growth.durationMs)} ago, ${perMinute(growth.rate).toFixed(1)} more a minute; ${of.live} in all.`,
        recommendations: [
          `Find what still refers to old objects of ${key}: a list, a cache, a listener or a timer that outlives them. In a heap snapshot, look at their retainers.`,
        ],
      };
    });
  }
}
