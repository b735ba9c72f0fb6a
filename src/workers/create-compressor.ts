import type { Compressor } from '../core/compressor.js';
import { disposeSymbol } from '../core/disposer.js';
import { detectEnvironment } from '../core/environment.js';
import { gunzip, gzip } from './gzip.js';
import { createPoisePool } from './poise-pool.js';
import type { PoiseTasks } from './poise-tasks.js';
import type { WorkerPool, WorkerPoolDependencies } from './worker-pool.js';

export interface CompressorOptions {
  /** A pool to share; without one the compressor has its own. `'none'` stays on this thread. */
  readonly pool?: WorkerPool<PoiseTasks> | 'none' | undefined;
}

/** A compressor that ends its worker when it is disposed. */
export interface OwnedCompressor extends Compressor, Disposable {
  /** False where the browser has no compression streams: every call rejects with POISE_COMPRESSION_UNSUPPORTED. */
  readonly supported: boolean;
}

/**
 * Gzip in poise's worker; on this thread, in slices that let others in, where that can't be started. The bytes that are
 * given stay usable.
 */
export function createCompressor(
  { pool }: CompressorOptions = {},
  dependencies: WorkerPoolDependencies = {},
): OwnedCompressor {
  const environment = dependencies.environment ?? detectEnvironment();
  const supported = Boolean(environment.CompressionStream && environment.DecompressionStream);
  if (!supported || pool === 'none') {
    return {
      supported,
      compress: (bytes) => gzip(bytes, environment),
      decompress: (bytes) => gunzip(bytes, environment),
      [disposeSymbol]: () => undefined,
    };
  }
  const used = pool ?? createPoisePool({}, dependencies);
  return {
    supported,
    compress: (bytes) => used.run('gzip', bytes),
    decompress: (bytes) => used.run('gunzip', bytes),
    [disposeSymbol]: () => {
      if (!pool) used[disposeSymbol]();
    },
  };
}
