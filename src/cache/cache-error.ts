import { ConfigError, type ConfigProblem } from '../core/errors.js';

/** A cache was configured or called with an option that can't be; `option` names it (seed 003: CacheError). */
export class CacheError extends ConfigError {
  override readonly name = 'CacheError';

  constructor(problem: ConfigProblem) {
    super(problem, 'POISE_CACHE');
  }
}
