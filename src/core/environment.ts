import type { PressureLevel } from './pressure-level.js';
import type { MonotonicMs } from './units.js';

/** The platform's objects that poise may use; each is there or `undefined`. */
type Globals = Pick<
  typeof globalThis,
  | 'document'
  | 'indexedDB'
  | 'PerformanceObserver'
  | 'FinalizationRegistry'
  | 'WeakRef'
  | 'BroadcastChannel'
  | 'localStorage'
  | 'CompressionStream'
  | 'DecompressionStream'
  | 'Worker'
  | 'requestIdleCallback'
  | 'IntersectionObserver'
  | 'MutationObserver'
  | 'crossOriginIsolated'
>;

/** https://www.w3.org/TR/compute-pressure/, as far as poise uses it. */
interface PressureObserverLike {
  observe(source: string, options: { readonly sampleInterval: number }): Promise<void>;
  disconnect(): void;
}
interface PressureRecordLike {
  readonly state: PressureLevel;
  readonly time: MonotonicMs;
}
interface PressureScope extends Partial<Pick<typeof globalThis, 'document'>> {
  readonly PressureObserver?: {
    new (callback: (records: readonly PressureRecordLike[]) => void): PressureObserverLike;
    readonly knownSources?: readonly string[];
  };
}

/** What else the browser offers through `navigator`. */
interface Services {
  readonly locks: LockManager;
  readonly storage: StorageManager;
}

/** What Chromium adds to `performance`; `memory` is not in any spec. https://wicg.github.io/performance-measure-memory/ */
interface MemoryPerformance extends Performance {
  readonly memory?: { readonly usedJSHeapSize: number; readonly jsHeapSizeLimit: number };
  measureUserAgentSpecificMemory?(): Promise<MemoryMeasurement>;
}

interface MemoryMeasurement {
  readonly bytes: number;
  readonly breakdown: readonly { readonly bytes: number; readonly types: readonly string[] }[];
}

type Features = Globals & Services & { readonly performance: MemoryPerformance };

/**
 * The browser as a parameter: what exists here and what does not.
 * A part that is given one finds in it all that it may touch, so a missing feature can be shown by leaving it out.
 */
export type Environment = { readonly [Name in keyof Features]: Features[Name] | undefined } & {
  readonly PressureObserver?: PressureScope['PressureObserver'] | undefined;
};

/** Reads a property that may be missing, or throw when it is touched (sandboxed frames). */
function read<Source extends object, Name extends keyof Source>(
  source: Source | undefined,
  name: Name,
): Source[Name] | undefined {
  try {
    return source?.[name] ?? undefined;
  } catch {
    return undefined;
  }
}

/** What this page, worker or Node process has. Reading it has no side effect. */
export function detectEnvironment(scope: typeof globalThis = globalThis): Environment {
  const navigator = read(scope, 'navigator');
  const performance: MemoryPerformance | undefined = read(scope, 'performance');
  return Object.freeze({
    document: read(scope, 'document'),
    indexedDB: read(scope, 'indexedDB'),
    performance,
    PerformanceObserver: read(scope, 'PerformanceObserver'),
    FinalizationRegistry: read(scope, 'FinalizationRegistry'),
    WeakRef: read(scope, 'WeakRef'),
    BroadcastChannel: read(scope, 'BroadcastChannel'),
    localStorage: read(scope, 'localStorage'),
    CompressionStream: read(scope, 'CompressionStream'),
    DecompressionStream: read(scope, 'DecompressionStream'),
    Worker: read(scope, 'Worker'),
    requestIdleCallback: read(scope, 'requestIdleCallback'),
    IntersectionObserver: read(scope, 'IntersectionObserver'),
    PressureObserver: read<PressureScope, 'PressureObserver'>(scope, 'PressureObserver'),
    MutationObserver: read(scope, 'MutationObserver'),
    crossOriginIsolated: read(scope, 'crossOriginIsolated'),
    locks: read(navigator, 'locks'),
    storage: read(navigator, 'storage'),
  });
}
