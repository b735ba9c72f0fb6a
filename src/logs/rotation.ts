import type { EpochMs } from '../core/units.js';
import type { LogSettings } from './log-config.js';
import { RotationPolicy } from './rotation-policy.js';
import { countOf, rawBytesOf, type Segment } from './store/segment.js';

/** When a segment is full, by the policies of a log. */
export class Rotation {
  readonly #settings: LogSettings;
  readonly #policies: ReadonlySet<RotationPolicy>;

  constructor(settings: LogSettings) {
    const { policy } = settings;
    this.#settings = settings;
    this.#policies = new Set(typeof policy === 'string' ? [policy] : policy);
  }

  /** How many entries more fit. */
  roomFor(segment: Segment): number {
    if (!this.#policies.has(RotationPolicy.COUNT)) return Number.POSITIVE_INFINITY;
    return this.#settings.maxCount - countOf(segment);
  }

  isFull(segment: Segment, now: EpochMs): boolean {
    const { maxSizeBytes, maxAgeMs } = this.#settings;
    return (
      this.roomFor(segment) <= 0 ||
      (this.#policies.has(RotationPolicy.SIZE) && rawBytesOf(segment) >= maxSizeBytes) ||
      (this.#policies.has(RotationPolicy.TIME) && now - segment.openedAt >= maxAgeMs)
    );
  }

  /** How large a pack may become, so that it does not pass the limit by far. */
  get packBytes(): number {
    return this.#policies.has(RotationPolicy.SIZE) ? this.#settings.maxSizeBytes : Number.POSITIVE_INFINITY;
  }

  /** Until an open segment has to be looked at again; undefined where only entries fill it. */
  get ageMs(): number | undefined {
    return this.#policies.has(RotationPolicy.TIME) ? this.#settings.maxAgeMs : undefined;
  }
}
