import { BaseMonitor, type MonitorDependencies } from './base-monitor.js';
import { SEPARATE_FILES } from './parts/separate-files.js';
import type { PerformanceConfig } from './performance-config.js';

/**
 * One object that sees everything, scores it, alerts and acts (seed 004: PerformanceMonitor). Each part is loaded from a
 * file of its own when it is started, so that code of what is switched off is not loaded. With all parts on,
 * 'poise/monitor/everything' has the same in one file, which starts sooner.
 */
export class PerformanceMonitor extends BaseMonitor {
  /** @throws ConfigError */
  constructor(config: PerformanceConfig = {}, dependencies: MonitorDependencies = {}) {
    super(config, dependencies, SEPARATE_FILES);
  }
}
