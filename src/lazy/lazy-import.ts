import { LazyLoadError, LazyLoadErrorCode } from './lazy-load-error.js';
import { LazyLoader, type LazyLoaderDependencies } from './lazy-loader.js';
import type { LazyLoaderConfig } from './lazy-loader-config.js';

type Callable = (...args: never[]) => unknown;

/** A module's functions, each of which gives a promise now. Classes and values are reached through `$load()`. */
export type LazyModule<Module extends object> = {
  readonly [Name in keyof Module as Module[Name] extends Callable
    ? Name extends 'then' | symbol
      ? never
      : Name
    : never]: Module[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

export type LazyImport<Module extends object> = LazyModule<Module> & {
  /** The module itself. Rejects with LazyLoadError. */
  readonly $load: () => Promise<Module>;
  /** For its preloads, state and figures. */
  readonly $loader: LazyLoader<Module>;
};

/**
 * A stand-in for a module whose functions load it at their first call (seed 003: lazy_import):
 * `const charts = lazyImport(() => import('./charts')); await charts.draw(data);`.
 * Types of generic and overloaded functions are narrowed to what TypeScript infers of them. @throws ConfigError
 */
export function lazyImport<Module extends object>(
  loader: () => Promise<Module>,
  options?: LazyLoaderConfig,
  dependencies?: LazyLoaderDependencies,
): LazyImport<Module> {
  const lazy = new LazyLoader(loader, options, dependencies);
  const own = { $load: () => lazy.load(), $loader: lazy };
  const functions = new Map<string, (...args: unknown[]) => Promise<unknown>>();
  return new Proxy<LazyImport<Module>>(Object.create(null), {
    get(_target, name) {
      // `await proxy` asks for `then`, and consoles and frameworks for symbols.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      if (name === '$load' || name === '$loader') return own[name];
      const known = functions.get(name);
      if (known) return known;
      const call = async (...args: unknown[]) => callIn(await lazy.load(), name, args);
      functions.set(name, call);
      return call;
    },
    has: (_target, name) => typeof name === 'string' && name !== 'then',
    set: () => false,
  });
}

function callIn(module: object, name: string, args: unknown[]): unknown {
  const target: unknown = Reflect.get(module, name);
  if (typeof target === 'function') return Reflect.apply(target, undefined, args);
  throw new LazyLoadError(LazyLoadErrorCode.NO_FUNCTION, `the module has no function '${name}'; see $load()`);
}
