import type { Compressor } from '../../core/compressor.js';
import { disposeSymbol } from '../../core/disposer.js';
import type { Environment } from '../../core/environment.js';

/** The compressor of poise's workers, which is loaded when there is something to compress. */
export function lazyCompressor(environment: Environment): Compressor & Disposable {
  let made: Promise<Compressor & Disposable> | undefined;
  const make = async () => (await import('../../workers/create-compressor.js')).createCompressor({}, { environment });
  const get = () => {
    made ??= make();
    return made;
  };
  return {
    compress: async (bytes) => await (await get()).compress(bytes),
    decompress: async (bytes) => await (await get()).decompress(bytes),
    [disposeSymbol]: () => {
      made?.then(
        (compressor) => compressor[disposeSymbol](),
        () => undefined,
      );
    },
  };
}
