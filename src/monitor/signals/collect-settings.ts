import { type Checks, flag, resolveConfig } from '../../core/validate.js';

/** What a monitor collects of the page. What the browser does not have is left out by itself. */
export interface CollectSettings {
  /** LCP, INP, CLS, FCP and TTFB with their causes. Default true. */
  readonly webVitals: boolean;
  /** Frames delivered and dropped. Default true. */
  readonly frames: boolean;
  /** Long animation frames, or long tasks, with the script to blame. Default true. */
  readonly longFrames: boolean;
  /** The heap's size, as a figure of the page. What looks after memory reads it either way. Default true. */
  readonly heap: boolean;
  /** Compute Pressure. Default true. */
  readonly pressure: boolean;
  /** The storage that is used and left. Default true. */
  readonly storage: boolean;
  /** What the page loads, by the Resource Timing API. Default true. */
  readonly resourceTiming: boolean;
  /** Uncaught errors and rejections. Default true. */
  readonly errors: boolean;
  /** fetch and XMLHttpRequest, by wrapping them; entries go to memory and log. Default false. */
  readonly network: boolean;
  /** Of those also headers, as far as scripts see them, redacted. Default false. */
  readonly networkHeaders: boolean;
  /** Of those also bodies that are text, redacted, cut at `maxBodySize`. Default false. */
  readonly networkBodies: boolean;
}

const DEFAULTS: CollectSettings = Object.freeze({
  webVitals: true,
  frames: true,
  longFrames: true,
  heap: true,
  pressure: true,
  storage: true,
  resourceTiming: true,
  errors: true,
  network: false,
  networkHeaders: false,
  networkBodies: false,
});

const CHECKS: Checks<CollectSettings> = {
  webVitals: flag,
  frames: flag,
  longFrames: flag,
  heap: flag,
  pressure: flag,
  storage: flag,
  resourceTiming: flag,
  errors: flag,
  network: flag,
  networkHeaders: flag,
  networkBodies: flag,
};

/** @throws ConfigError */
export function resolveCollectSettings(
  given: { readonly [Name in keyof CollectSettings]?: CollectSettings[Name] | undefined } | undefined,
): CollectSettings {
  return resolveConfig('PerformanceMonitor collect', given, DEFAULTS, CHECKS);
}
