import type { Clock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';

/** The platform as a throttler sees it; each part defaults to the browser's own. */
export interface ThrottleDependencies {
  readonly clock?: Clock;
  readonly environment?: Partial<Pick<Environment, 'document'>>;
}
