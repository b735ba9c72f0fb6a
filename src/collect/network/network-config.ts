import type { Bytes } from '../../core/units.js';
import { type Checks, flag, func, optional, positiveInteger, resolveConfig } from '../../core/validate.js';
import type { NetworkEntry } from './network-entry.js';

/** What is captured of requests beside their outline. */
export interface NetworkSettings {
  /** Whether headers of requests and responses are captured, as far as scripts see them. Default false. */
  readonly headers: boolean;
  /** Whether bodies are captured, as far as they are text. Default false. */
  readonly bodies: boolean;
  /** How much of a body is kept at most, in bytes of UTF-8. Default 10,240. */
  readonly maxBodySize: Bytes;
  /** Whether the browser's resource timing is waited for: exact ends and sizes, some milliseconds later. Default true. */
  readonly resourceTiming: boolean;
  /**
   * The app's own redaction, after poise's: gives the entry back, another one, or undefined to drop it. When it throws, the
   * entry is dropped and counted. Default: none.
   */
  readonly redact: ((entry: NetworkEntry) => NetworkEntry | undefined) | undefined;
}

/** The options, all of which may be left out. */
export type NetworkConfig = { readonly [Name in keyof NetworkSettings]?: NetworkSettings[Name] | undefined };

const DEFAULTS: NetworkSettings = Object.freeze({
  headers: false,
  bodies: false,
  maxBodySize: 10_240,
  resourceTiming: true,
  redact: undefined,
});

const CHECKS: Checks<NetworkSettings> = {
  headers: flag,
  bodies: flag,
  maxBodySize: positiveInteger,
  resourceTiming: flag,
  redact: optional(func),
};

/** @throws ConfigError */
export function resolveNetworkConfig(owner: string, given: NetworkConfig): NetworkSettings {
  return resolveConfig(owner, given, DEFAULTS, CHECKS);
}
