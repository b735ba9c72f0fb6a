import type { ThrottleSettings } from '../throttle-config.js';
import { ThrottleMode } from '../throttle-mode.js';
import { AdaptiveRate } from './adaptive-rate.js';
import { FixedRate } from './fixed-rate.js';
import type { RateController } from './rate-controller.js';
import { TokenBucket } from './token-bucket.js';

/** The controller of each mode. */
const CONTROLLERS: { readonly [Mode in ThrottleMode]: (settings: ThrottleSettings) => RateController } = {
  [ThrottleMode.FIXED]: (s) => new FixedRate(s.maxUpdatesPerSecond, s.minUpdateIntervalMs),
  [ThrottleMode.ADAPTIVE]: (s) => new AdaptiveRate(s.maxUpdatesPerSecond, s.minUpdateIntervalMs),
  [ThrottleMode.BURST]: (s) =>
    new TokenBucket(s.burstSize, s.burstWindowMs, s.maxUpdatesPerSecond, s.minUpdateIntervalMs),
};

export const createRateController = (settings: ThrottleSettings): RateController =>
  CONTROLLERS[settings.mode](settings);
