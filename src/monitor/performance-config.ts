import type { Milliseconds } from '../core/units.js';
import {
  between,
  type Check,
  type Checks,
  flag,
  object,
  oneOf,
  positive,
  positiveInteger,
  resolveConfig,
  text,
} from '../core/validate.js';
import { type AlertThresholds, resolveAlertThresholds } from './alerts/alert-thresholds.js';
import { type CollectSettings, resolveCollectSettings } from './signals/collect-settings.js';

/** What a PerformanceMonitor goes by (seed 004: PerformanceConfig). */
export interface PerformanceSettings {
  /** Whether entries are kept in memory within bounds (MemoryManager). Default true. */
  readonly enableMemoryManagement: boolean;
  /** Whether entries are kept on disk (LogRotator). Default true. */
  readonly enableLogRotation: boolean;
  /** Whether updates are throttled (UpdateThrottler). Default true. */
  readonly enableUpdateThrottling: boolean;
  /** Whether forgotten resources are ended (ResourceManager and ResourceCleaner). Default true. */
  readonly enableResourceCleanup: boolean;
  /** Whether leaks are looked for (MemoryOptimizer). Default true. */
  readonly enableLeakDetection: boolean;
  /** Whether functions can be measured (PerformanceManager). Default true. */
  readonly enablePerformanceManager: boolean;
  /** Entries kept in memory. Default 1000. */
  readonly maxEntries: number;
  /** What they may take, in MiB; also what memory use is measured against. Default 500. */
  readonly maxMemoryMb: number;
  /** Bodies of entries are cut at this many bytes. Default 10,240. */
  readonly maxBodySize: number;
  /** Names the log and its database; the seed's log_directory. Default 'logs'. */
  readonly logName: string;
  /** What makes a log segment full. Default 'count'. */
  readonly rotationPolicy: 'count' | 'size' | 'time';
  /** Sealed log segments kept. Default 5. */
  readonly maxLogFiles: number;
  /** Refreshes a second, at the most. Default 30. */
  readonly maxUpdatesPerSecond: number;
  /** How the rate is kept. Default 'adaptive'. */
  readonly throttleMode: 'fixed' | 'adaptive' | 'burst';
  /** From one sweep of the resources to the next. Default 300,000. */
  readonly cleanupIntervalMs: Milliseconds;
  /** How long a resource may go unused. Default 3,600,000. */
  readonly resourceTimeoutMs: Milliseconds;
  /** How often `stats$` tells the figures. Default 60,000. */
  readonly statsUpdateIntervalMs: Milliseconds;
  /** How often thresholds are looked at; rates are measured over twelve of these. Default 5,000. */
  readonly checkIntervalMs: Milliseconds;
  /** Whether crossed thresholds raise alerts. Default true. */
  readonly performanceAlerts: boolean;
  /** The thresholds; each may be left out. */
  readonly alertThresholds: AlertThresholds;
  /** An alert that cleared is not raised again within this time of its raising. Default 60,000. */
  readonly alertQuietMs: Milliseconds;
  /** Whether the monitor acts by itself when an alert is raised. Default true. */
  readonly autoOptimize: boolean;
  /** The share of the main thread that poise may take, in percent; beyond it, it looks and samples less often. Default 1. */
  readonly selfBudgetPercent: number;
  /** What is collected of the page; each may be left out. */
  readonly collect: CollectSettings;
}

type Given<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** The options, all of which may be left out. */
export type PerformanceConfig = Given<Omit<PerformanceSettings, 'alertThresholds' | 'collect'>> & {
  readonly alertThresholds?: Given<AlertThresholds> | undefined;
  readonly collect?: Given<CollectSettings> | undefined;
};

const DEFAULTS: Omit<PerformanceSettings, 'alertThresholds' | 'collect'> = Object.freeze({
  enableMemoryManagement: true,
  enableLogRotation: true,
  enableUpdateThrottling: true,
  enableResourceCleanup: true,
  enableLeakDetection: true,
  enablePerformanceManager: true,
  maxEntries: 1_000,
  maxMemoryMb: 500,
  maxBodySize: 10_240,
  logName: 'logs',
  rotationPolicy: 'count',
  maxLogFiles: 5,
  maxUpdatesPerSecond: 30,
  throttleMode: 'adaptive',
  cleanupIntervalMs: 300_000,
  resourceTimeoutMs: 3_600_000,
  statsUpdateIntervalMs: 60_000,
  checkIntervalMs: 5_000,
  performanceAlerts: true,
  alertQuietMs: 60_000,
  autoOptimize: true,
  selfBudgetPercent: 1,
});

const words = (...names: readonly string[]): Check => oneOf(Object.fromEntries(names.map((name) => [name, name])));

const CHECKS: Checks<PerformanceSettings> = {
  enableMemoryManagement: flag,
  enableLogRotation: flag,
  enableUpdateThrottling: flag,
  enableResourceCleanup: flag,
  enableLeakDetection: flag,
  enablePerformanceManager: flag,
  maxEntries: positiveInteger,
  maxMemoryMb: positive,
  maxBodySize: positiveInteger,
  logName: text,
  rotationPolicy: words('count', 'size', 'time'),
  maxLogFiles: positiveInteger,
  maxUpdatesPerSecond: positive,
  throttleMode: words('fixed', 'adaptive', 'burst'),
  cleanupIntervalMs: positive,
  resourceTimeoutMs: positive,
  statsUpdateIntervalMs: positive,
  checkIntervalMs: positive,
  performanceAlerts: flag,
  alertThresholds: object,
  alertQuietMs: positive,
  autoOptimize: flag,
  selfBudgetPercent: between(0.01, 100),
  collect: object,
};

/** @throws ConfigError */
export function resolvePerformanceConfig(given: PerformanceConfig = {}): PerformanceSettings {
  const { alertThresholds, collect, ...rest } = given;
  const nested = {
    alertThresholds: resolveAlertThresholds(alertThresholds),
    collect: resolveCollectSettings(collect),
  };
  return resolveConfig('PerformanceMonitor', rest, { ...DEFAULTS, ...nested }, CHECKS);
}
