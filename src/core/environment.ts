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

/**
 * What this page, worker or Node process has. Each is looked up when it is asked for: the browser sets up each of its
 * interfaces, and keeps it, when it is first touched.
 */
export function detectEnvironment(scope: typeof globalThis = globalThis): Environment {
  return Object.freeze({
    get document() {
      return read(scope, 'document');
    },
    get indexedDB() {
      return read(scope, 'indexedDB');
    },
    get performance(): MemoryPerformance | undefined {
      return read(scope, 'performance');
    },
    get PerformanceObserver() {
      return read(scope, 'PerformanceObserver');
    },
    get FinalizationRegistry() {
      return read(scope, 'FinalizationRegistry');
    },
    get WeakRef() {
      return read(scope, 'WeakRef');
    },
    get BroadcastChannel() {
      return read(scope, 'BroadcastChannel');
    },
    get localStorage() {
      return read(scope, 'localStorage');
    },
    get CompressionStream() {
      return read(scope, 'CompressionStream');
    },
    get DecompressionStream() {
      return read(scope, 'DecompressionStream');
    },
    get Worker() {
      return read(scope, 'Worker');
    },
    get requestIdleCallback() {
      return read(scope, 'requestIdleCallback');
    },
    get IntersectionObserver() {
      return read(scope, 'IntersectionObserver');
    },
    get PressureObserver() {
      return read<PressureScope, 'PressureObserver'>(scope, 'PressureObserver');
    },
    get MutationObserver() {
      return read(scope, 'MutationObserver');
    },
    get crossOriginIsolated() {
      return read(scope, 'crossOriginIsolated');
    },
    get locks() {
      return read(read(scope, 'navigator'), 'locks');
    },
    get storage() {
      return read(read(scope, 'navigator'), 'storage');
    },
  });
}
