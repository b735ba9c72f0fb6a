import { readdirSync, readFileSync } from 'node:fs';
import { root } from './run.mjs';

// docs/options.md: every option with its unit, its default as it stands in the code, and what its docstring says.

/** Options by the class or function that takes them, and what defines them: the interface, and the constant with the defaults. */
const TABLES = [
  ['poise/throttle', 'UpdateThrottler', 'throttle/throttle-config.ts', 'ThrottleSettings'],
  ['poise/throttle', 'BatchUpdateThrottler', 'throttle/batch-config.ts', 'BatchSettings'],
  ['poise/throttle', 'EventProcessor', 'throttle/event-processor.ts', 'EventProcessorSettings'],
  ['poise/logs', 'LogRotator', 'logs/log-config.ts', 'LogSettings'],
  ['poise/memory', 'MemoryManager', 'memory/manager/memory-manager-config.ts', 'MemoryManagerSettings'],
  ['poise/memory', 'MemoryOptimizer', 'memory/optimizer/memory-optimizer-config.ts', 'MemoryOptimizerSettings'],
  ['poise/cache', 'Cache', 'cache/cache-config.ts', 'CacheSettings'],
  ['poise/cache', 'persistent caches', 'cache/persistent/store-config.ts', 'CacheStoreSettings'],
  ['poise/cache', 'CacheManager', 'cache/cache-manager-config.ts', 'CacheManagerSettings'],
  ['poise/cache', 'cached()', 'cache/cached/cached-config.ts', 'CachedSettings'],
  ['poise/lazy', 'LazyLoader and lazyImport()', 'lazy/lazy-loader-config.ts', 'LazyLoaderSettings'],
  ['poise/workers', 'WorkerPool', 'workers/pool-config.ts', 'WorkerPoolSettings'],
  ['poise/resources', 'ResourceManager', 'resources/resource-manager-config.ts', 'ResourceManagerSettings'],
  ['poise/resources', 'ResourceCleaner', 'resources/resource-cleaner.ts', 'ResourceCleanerSettings'],
  ['poise/optimize', 'OptimizationManager', 'optimize/optimization-manager.ts', 'OptimizationManagerSettings'],
  ['poise/optimize', 'registerOptimization()', 'optimize/optimization-config.ts', 'OptimizationSettings'],
  ['poise/optimize', "optimizeFunction(), type 'memory'", 'optimize/strategies/memory.ts', 'MemorySettings'],
  ['poise/monitor', 'PerformanceMonitor', 'monitor/performance-config.ts', 'PerformanceSettings'],
  ['poise/monitor', 'PerformanceMonitor, alertThresholds', 'monitor/alerts/alert-thresholds.ts', 'AlertThresholds'],
  ['poise/monitor', 'PerformanceMonitor, collect', 'monitor/signals/collect-settings.ts', 'CollectSettings'],
  [
    'poise/monitor',
    'PerformanceManager',
    'monitor/manager/performance-manager-config.ts',
    'PerformanceManagerSettings',
  ],
  ['poise/collect', 'NetworkCapture and observeNetwork()', 'collect/network/network-config.ts', 'NetworkSettings'],
  ['poise/overlay', 'mountOverlay()', 'overlay/mount-overlay.ts', 'OverlayOptions'],
  ['poise/overlay', 'mountPill()', 'overlay/pill/pill.ts', 'PillOptions'],
  ['poise/overlay', 'VirtualList', 'overlay/virtual-list/virtual-list-options.ts', 'VirtualListOptions'],
  ['poise/vite', 'poise()', 'vite/overlay-plugin.ts', 'PoisePluginOptions'],
];

const UNITS = [
  [/Ms$/, 'ms'],
  [/(Bytes|BodySize)$/, 'bytes'],
  [/Mb$/, 'MiB'],
  [/(Seconds|staleWhileRevalidate)$/, 's'],
  [/PerSecond$/, 'a second'],
  [/Percent$/, '%'],
  [/rowHeight$/, 'px'],
];

/**
 * The defaults in a file, as they are written there.
 * @param {string} source
 * @returns {Map<string, string>}
 */
function defaultsOf(source) {
  const plain = source.replaceAll(/Object\.freeze\((\{\}|\[[^\]]*\])\)/g, '$1');
  const body = /DEFAULTS\b[^=]*= Object\.freeze\(\{(.*?)\}\);/s.exec(plain)?.[1] ?? '';
  const pairs = body.includes('\n') ? body.matchAll(/^ *(\w+): (.+?),?$/gm) : body.matchAll(/(\w+): ([^,]+?)(?:,| $)/g);
  return new Map([...pairs].map(([, name = '', value = '']) => [name, value.trim()]));
}

/**
 * A default as a reader wants it: numbers in groups, enum values as the words that they are.
 * @param {string | undefined} code
 */
function shown(code) {
  if (code === undefined || code === 'undefined') return '';
  if (code === 'Number.MAX_SAFE_INTEGER') return 'no limit';
  const product = code.replaceAll('_', '').replace('BYTESPERMB', '1048576');
  if (/^[\d.* ]+$/.test(product)) {
    return product
      .split('*')
      .reduce((all, factor) => all * Number(factor), 1)
      .toLocaleString('en');
  }
  const [, word] = /^\w+\.([A-Z_]+)$/.exec(code) ?? [];
  return `\`${word ? `'${word.toLowerCase().replaceAll('_', '-')}'` : code}\``;
}

/**
 * The members of an interface with what their docstrings say.
 * @param {string} source
 * @param {string} name
 */
function membersOf(source, name) {
  const body = new RegExp(`interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? '';
  const members = body.matchAll(/(?: {2}\/\*\*([\s\S]*?)\*\/\n)? {2}readonly (\w+)\??: ([^;]+);/g);
  return [...members].map(([, doc = '', option = '', type = '']) => {
    const text = doc
      .replaceAll(/\n\s*\*/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/\{@link (\w+)\}/g, '`$1`')
      .trim();
    return { option, type, text };
  });
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|');

/** The whole page. */
export function optionTables() {
  const covered = new Set(TABLES.map(([, , file]) => file));
  const missing = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !covered.has(file))
    .filter((file) => /const \w*DEFAULTS\b/.test(readFileSync(`${root}src/${file}`, 'utf8')));
  if (missing.length > 0) throw new Error(`options without a table: ${missing.join(', ')}`);
  const tables = TABLES.map(([subpath = '', owner = '', file = '', name = '']) => {
    const source = readFileSync(`${root}src/${file}`, 'utf8');
    const defaults = defaultsOf(source);
    const members = membersOf(source, name);
    if (members.length === 0) throw new Error(`${file}: no ${name}`);
    const rows = members.map(({ option, type, text }) => {
      const unit = UNITS.find(([pattern]) => pattern instanceof RegExp && pattern.test(option))?.[1] ?? '';
      const value = shown(defaults.get(option));
      // Said in its own column.
      const what = value ? text.replace(/ ?Default '?[\w,.:+-]+'?( MiB)?( \([^)]*\))?\.$/, '') : text;
      return `| \`${option}\` | \`${cell(type.replaceAll(/\s+/g, ' '))}\` | ${unit} | ${cell(value)} | ${cell(what)} |`;
    });
    return `## ${owner}\n\nfrom \`${subpath}\`\n\n| option | type | unit | default | |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Every option\n\nWritten by \`npm run api\` from the code. All options may be left out; a wrong one throws \`ConfigError\`, which names it.\n\n${tables.join('\n')}`;
}
