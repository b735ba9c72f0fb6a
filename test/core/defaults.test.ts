import { expect, test } from 'vitest';
import { resolveCacheConfig } from '../../src/cache/cache-config.js';
import { resolveCacheManagerConfig } from '../../src/cache/cache-manager-config.js';
import { resolveCacheStoreConfig } from '../../src/cache/persistent/store-config.js';
import { resolveNetworkConfig } from '../../src/collect/network/network-config.js';
import { resolveLazyLoaderConfig } from '../../src/lazy/lazy-loader-config.js';
import { resolveLogConfig } from '../../src/logs/log-config.js';
import { resolveMemoryManagerConfig } from '../../src/memory/manager/memory-manager-config.js';
import { MemoryOptimizer } from '../../src/memory/optimizer/memory-optimizer.js';
import { resolvePerformanceManagerConfig } from '../../src/monitor/manager/performance-manager-config.js';
import { resolvePerformanceConfig } from '../../src/monitor/performance-config.js';
import { resolveOptimizationConfig } from '../../src/optimize/optimization-config.js';
import { resolveVirtualListOptions } from '../../src/overlay/virtual-list/virtual-list-options.js';
import { ResourceCleaner } from '../../src/resources/resource-cleaner.js';
import { resolveResourceManagerConfig } from '../../src/resources/resource-manager-config.js';
import { resolveBatchConfig } from '../../src/throttle/batch-config.js';
import { resolveThrottleConfig } from '../../src/throttle/throttle-config.js';

const renderRow = () => document.createElement('div');

// A start does not check defaults: here they are given, and so checked.
test.each([
  ['Cache', () => resolveCacheConfig(resolveCacheConfig({}))],
  ['CacheManager', () => resolveCacheManagerConfig(resolveCacheManagerConfig({}))],
  ['CacheStore', () => resolveCacheStoreConfig(resolveCacheStoreConfig({}))],
  ['NetworkCapture', () => resolveNetworkConfig('NetworkCapture', resolveNetworkConfig('NetworkCapture', {}))],
  ['LazyLoader', () => resolveLazyLoaderConfig(resolveLazyLoaderConfig({}))],
  ['LogRotator', () => resolveLogConfig(resolveLogConfig({}))],
  ['MemoryManager', () => resolveMemoryManagerConfig(resolveMemoryManagerConfig({}))],
  ['MemoryOptimizer', () => new MemoryOptimizer(new MemoryOptimizer().config)],
  ['PerformanceManager', () => resolvePerformanceManagerConfig(resolvePerformanceManagerConfig({}))],
  ['PerformanceMonitor', () => resolvePerformanceConfig(resolvePerformanceConfig({}))],
  ['VirtualList', () => resolveVirtualListOptions(resolveVirtualListOptions({ renderRow }))],
  ['ResourceCleaner', () => new ResourceCleaner(new ResourceCleaner().config)],
  ['ResourceManager', () => resolveResourceManagerConfig(resolveResourceManagerConfig({}))],
  ['BatchUpdateThrottler', () => resolveBatchConfig(resolveBatchConfig({}))],
  ['UpdateThrottler', () => resolveThrottleConfig(resolveThrottleConfig({}))],
  [
    'OptimizationConfig',
    () => resolveOptimizationConfig(resolveOptimizationConfig({ optimizationId: 'sum', optimizationType: 'caching' })),
  ],
])('the defaults of %s are within what it allows', (_name, resolveTwice) => {
  expect(resolveTwice).not.toThrow();
});
