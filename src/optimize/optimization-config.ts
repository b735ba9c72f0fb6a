import {
  type Checks,
  finite,
  flag,
  object,
  oneOf,
  positive,
  positiveInteger,
  resolveConfig,
  text,
} from '../core/validate.js';
import { OptimizationType } from './optimization-type.js';

/** One optimisation that can be switched on and off (seed 000: OptimizationConfig). */
export interface OptimizationSettings {
  readonly optimizationId: string;
  readonly optimizationType: OptimizationType;
  /** Default true. */
  readonly enabled: boolean;
  /** Of several of one type the highest is used, where none is named. Default 1. */
  readonly priority: number;
  /** Workers (parallelization) or calls at once (network), at the most. Default 4. */
  readonly maxWorkers: number;
  /** Results kept (caching). Default 1000. */
  readonly cacheSize: number;
  /** How long a result is kept (caching). Default 3600. */
  readonly cacheTtlSeconds: number;
  /** Options of the strategy, below those that the function is given. Default none. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The options; the id and the type are needed. */
export type OptimizationConfig = Pick<OptimizationSettings, 'optimizationId' | 'optimizationType'> & {
  readonly [Name in keyof OptimizationSettings]?: OptimizationSettings[Name] | undefined;
};

const DEFAULTS = Object.freeze({
  enabled: true,
  priority: 1,
  maxWorkers: 4,
  cacheSize: 1_000,
  cacheTtlSeconds: 3_600,
  parameters: Object.freeze({}),
});

const CHECKS: Checks<OptimizationSettings> = {
  optimizationId: text,
  optimizationType: oneOf(OptimizationType),
  enabled: flag,
  priority: finite,
  maxWorkers: positiveInteger,
  cacheSize: positiveInteger,
  cacheTtlSeconds: positive,
  parameters: object,
};

/** @throws ConfigError */
export function resolveOptimizationConfig(given: OptimizationConfig): OptimizationSettings {
  const { optimizationId, optimizationType } = Object(given);
  return resolveConfig('OptimizationConfig', given, { ...DEFAULTS, optimizationId, optimizationType }, CHECKS);
}
