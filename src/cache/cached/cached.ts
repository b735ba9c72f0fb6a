import type { Observable } from 'rxjs';
import { disposeSymbol } from '../../core/disposer.js';
import type { PoiseError } from '../../core/errors.js';
import { func } from '../../core/validate.js';
import type { Cache } from '../cache.js';
import type { CacheDependencies } from '../cache-dependencies.js';
import { CacheError } from '../cache-error.js';
import type { CachedConfig, Kept } from './cached-config.js';
import type { CachedStats } from './cached-stats.js';
import { Memo } from './memo.js';

type Persistent = { readonly persistent: true };
type InMemory = { readonly persistent?: false | undefined };

/** A function that remembers its results. */
export interface CachedFunction<A extends unknown[], R> extends Disposable {
  (...args: A): R;
  /** Forgets the result of these arguments; one under way is given to those who wait for it, and not kept. */
  readonly invalidate: (...args: A) => void;
  /** Forgets all results of this function. */
  readonly clear: () => void;
  readonly stats: CachedStats;
  /** A refresh that failed, and what goes wrong behind a cache of its own. Never errors. */
  readonly errors$: Observable<PoiseError>;
  /** Where the results are. */
  readonly cache: Cache<string, Kept<Awaited<R>>>;
}

type Method<This, A extends unknown[], R> = (this: This, ...args: A) => R;

/** Decorates methods that take at least `A`, which is what the options' functions are given, and give a `Result`. */
type MethodDecorator<A extends unknown[], Result> = <
  This extends object,
  Args extends [...A, ...unknown[]],
  R extends Result,
>(
  method: Method<This, Args, R>,
  context: ClassMethodDecoratorContext<This, Method<This, Args, R>>,
) => Method<This, Args, R>;

/** Under which a decorated method has what makes its instances' functions. */
const OF_INSTANCE: unique symbol = Symbol('cached function of an instance');

/**
 * A function that remembers its results by its arguments, for `ttlSeconds` 300 and `maxSize` 128 (seed 003:
 * cached_function). Calls under way are shared; what throws or rejects is not kept; `this` is passed on.
 *
 * AbortSignals, among the arguments or in the fields of plain objects among them, are no part of the key: each ends its
 * own caller's waiting, and the work is aborted when nobody waits any more.
 *
 * Without a function it is a standard decorator for methods: each instance has results of its own, which go with it.
 * Where they are persistent, the method has to give a promise.
 * @throws CacheError on bad options; KeyError, when called, where arguments make no key
 */
export function cached<A extends unknown[], R, B extends A = A>(
  fn: (...args: A) => R,
  options: CachedConfig<B, Awaited<NoInfer<R>>> & Persistent,
  dependencies?: CacheDependencies,
): CachedFunction<A, Promise<Awaited<R>>>;
export function cached<A extends unknown[], R, B extends A = A>(
  fn: (...args: A) => R,
  options?: CachedConfig<B, Awaited<NoInfer<R>>> & InMemory,
  dependencies?: CacheDependencies,
): CachedFunction<A, R>;
export function cached<A extends unknown[] = unknown[], V = unknown>(
  options: CachedConfig<A, V> & Persistent,
): MethodDecorator<A, Promise<V>>;
export function cached<A extends unknown[] = unknown[], V = unknown>(
  options?: CachedConfig<A, V> & InMemory,
): MethodDecorator<A, V | Promise<V>>;
export function cached<A extends unknown[]>(
  first?: ((...args: A) => unknown) | CachedConfig<unknown[], unknown>,
  options?: CachedConfig<A, unknown>,
  dependencies?: CacheDependencies,
): CachedFunction<A, unknown> | MethodDecorator<[], unknown> {
  return typeof first === 'function' ? remember(first, options, dependencies) : decorator(first);
}

/**
 * The remembering function of one instance's decorated method, to forget results or read figures:
 * `cachedOf(api.load, api).invalidate('a')`. @throws CacheError where the method is not decorated
 */
export function cachedOf<A extends unknown[], R>(method: (...args: A) => R, instance: object): CachedFunction<A, R> {
  const find: unknown = Reflect.get(method, OF_INSTANCE);
  const found: unknown = typeof find === 'function' ? Reflect.apply(find, undefined, [instance]) : undefined;
  if (isRemembering<A, R>(found)) return found;
  throw new CacheError({ owner: 'cachedOf', option: 'method', given: method, allowed: 'a method with @cached' });
}

/** What is found at a decorated method has the method's own types. */
const isRemembering = <A extends unknown[], R>(found: unknown): found is CachedFunction<A, R> =>
  typeof found === 'function' && 'invalidate' in found;

function decorator(config: CachedConfig<unknown[], unknown> | undefined): MethodDecorator<[], unknown> {
  return <This extends object, Args extends unknown[], R>(
    method: Method<This, Args, R>,
    { kind, name }: ClassMethodDecoratorContext<This, Method<This, Args, R>>,
  ): Method<This, Args, R> => {
    if (kind !== 'method' || !func.test(method))
      throw new CacheError({ owner: 'cached', option: 'decorator', given: kind, allowed: 'on a method' });
    const functions = new WeakMap<This, CachedFunction<Args, R>>();
    const of = (instance: This) => {
      const known = functions.get(instance);
      if (known) return known;
      // It must not hold the instance, as the instance holds it.
      const made = remember(method, { name: String(name), ...config });
      functions.set(instance, made);
      return made;
    };
    return Object.assign(
      function (this: This, ...args: Args): R {
        return Reflect.apply(of(this), this, args);
      },
      { [OF_INSTANCE]: of },
    );
  };
}

/** A memo as a function: what it gives was given by `fn`, so the types are that function's. */
function remember<A extends unknown[], R>(
  fn: (...args: A) => R,
  options?: CachedConfig<A, unknown>,
  dependencies?: CacheDependencies,
): CachedFunction<A, R>;
function remember<A extends unknown[]>(
  fn: (...args: A) => unknown,
  options?: CachedConfig<A, unknown>,
  dependencies?: CacheDependencies,
): CachedFunction<A, unknown> {
  const memo = new Memo(fn, options, dependencies);
  const call = function (this: unknown, ...args: A): unknown {
    return memo.call(this, args);
  };
  const own = {
    invalidate: (...args: A) => memo.invalidate(args),
    clear: () => memo.clear(),
    errors$: memo.errors$,
    cache: memo.cache,
    stats: memo.stats,
    [disposeSymbol]: () => memo[disposeSymbol](),
  };
  return Object.defineProperty(Object.assign(call, own), 'stats', { get: () => memo.stats });
}
