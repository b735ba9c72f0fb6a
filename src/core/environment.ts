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
>;

/** What else the browser offers through `navigator`. */
interface Services {
  readonly locks: LockManager;
  readonly storage: StorageManager;
}

/**
 * The browser as a parameter: what exists here and what does not.
 * A part that is given one finds in it all that it may touch, so a missing feature can be shown by leaving it out.
 */
export type Environment = { readonly [Name in keyof (Globals & Services)]: (Globals & Services)[Name] | undefined };

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
  return Object.freeze({
    document: read(scope, 'document'),
    indexedDB: read(scope, 'indexedDB'),
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
    locks: read(navigator, 'locks'),
    storage: read(navigator, 'storage'),
  });
}
