import type { Milliseconds } from '../core/units.js';
import { type Checks, optional, positive, resolveConfig, text } from '../core/validate.js';

export interface LazyLoaderSettings {
  /** Names what is loaded, in errors. Default 'the module'. */
  readonly name: string;
  /** An attempt that takes longer fails. What arrives after that is kept all the same. Default: none. */
  readonly timeoutMs: Milliseconds | undefined;
}

/** The options, all of which may be left out. */
export type LazyLoaderConfig = {
  readonly [Name in keyof LazyLoaderSettings]?: LazyLoaderSettings[Name] | undefined;
};

const DEFAULTS: LazyLoaderSettings = Object.freeze({ name: 'the module', timeoutMs: undefined });

const CHECKS: Checks<LazyLoaderSettings> = { name: text, timeoutMs: optional(positive) };

/** @throws ConfigError */
export function resolveLazyLoaderConfig(given: LazyLoaderConfig | undefined): LazyLoaderSettings {
  return resolveConfig('LazyLoader', given, DEFAULTS, CHECKS);
}
