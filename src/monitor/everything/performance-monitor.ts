import { BaseMonitor, type MonitorDependencies } from '../base-monitor.js';
import * as leaks from '../parts/leaks-part.js';
import * as logs from '../parts/logs-part.js';
import * as memory from '../parts/memory-part.js';
import * as operations from '../parts/operations-part.js';
import type { PartCode } from '../parts/part-code.js';
import * as resources from '../parts/resources-part.js';
import * as throttling from '../parts/throttling-part.js';
import type { PerformanceConfig } from '../performance-config.js';
import * as network from '../signals/network-signal.js';

const IN_THIS_FILE: PartCode = {
  memory: () => memory,
  throttling: () => throttling,
  resources: () => resources,
  logs: () => logs,
  leaks: () => leaks,
  operations: () => operations,
  network: () => network,
};

/**
 * The PerformanceMonitor of 'poise/monitor' with the code of all its parts in one file, for who has them all switched on:
 * a bundler makes some twenty small files of them otherwise, which take longer to start.
 */
export class PerformanceMonitor extends BaseMonitor {
  /** @throws ConfigError */
  constructor(config: PerformanceConfig = {}, dependencies: MonitorDependencies = {}) {
    super(config, dependencies, IN_THIS_FILE);
  }
}
