import type { Observable } from 'rxjs';
import type { FrameSample } from '../collect/frames.js';
import type { LongFrame } from '../collect/long-frames.js';
import type { ResourceReport } from '../resources/resource-stats.js';
import type { ResourceType } from '../resources/resource-type.js';
import type { ThrottleSettings } from '../throttle/throttle-config.js';
import type { ThrottleMode } from '../throttle/throttle-mode.js';
import type { ThrottleStats } from '../throttle/throttle-stats.js';

/** A throttler as the overlay sees it: an `UpdateThrottler`. */
export interface ThrottlerPart {
  readonly stats: ThrottleStats;
  readonly config: ThrottleSettings;
  /** Left out where there is nothing to change, as in a session that was recorded. */
  setMode?(mode: ThrottleMode): void;
}

/** A registry of resources as the overlay sees it: a `ResourceManager`. */
export interface ResourcesPart {
  getReport(): ResourceReport;
  cleanup?(type?: ResourceType): Promise<number>;
}

/**
 * What the overlay looks at. Every part may be missing: its panel then says how to switch it on.
 * What only reads is always there; what acts may be left out, and its buttons with it.
 */
export interface OverlaySource {
  readonly throttler?: ThrottlerPart | undefined;
  readonly resources?: ResourcesPart | undefined;
  /** The page's frames. Default: `observeFrames()`. */
  readonly frames$?: Observable<FrameSample> | undefined;
  /** Default: `observeLongFrames()`. */
  readonly longFrames$?: Observable<LongFrame> | undefined;
}
