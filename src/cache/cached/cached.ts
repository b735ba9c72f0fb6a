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
type MethodDecorator = <This extends object, A extends unknown[], R>(
  method: Method<This, A, R>,
  context: ClassMethodDecoratorContext<This, Method<This, A, R>>,
) => Method<This, A, R>;

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
 * @throws CacheError on bad options; KeyError, when called, where arguments make no key
 */
export function cached<A extends unknown[], R>(
  fn: (...args: A) => R,
  options: CachedConfig<NoInfer<A>, Awaited<NoInfer<R>>> & Persistent,
  dependencies?: CacheDependencies,
): CachedFunction<A, Promise<Awaited<R>>>;
export function cached<A extends unknown[], R>(
  fn: (...args: A) => R,
  options?: CachedConfig<NoInfer<A>, Awaited<NoInfer<R>>> & { readonly persistent?: false | undefined },
  dependencies?: CacheDependencies,
): CachedFunction<A, R>;
export function cached(options?: CachedConfig<MessageEvent['data'][], MessageEvent['data']>): MethodDecorator;
export function cached<A extends unknown[], R>(
  first?: ((...args: A) => R) | CachedConfig<MessageEvent['data'][], MessageEvent['data']>,
  options?: CachedConfig<A, MessageEvent['data']>,
  dependencies?: CacheDependencies,
): CachedFunction<A, MessageEvent['data']> | MethodDecorator {
  if (typeof first === 'function') return face(new Memo(first, options, dependencies));
  return decorator(first);
}

/**
 * The remembering function of one instance's decorated method, to forget results or read figures:
 * `cachedOf(api.load, api).invalidate('a')`. @throws CacheError where the method is not decorated
 */
export function cachedOf<A extends unknown[], R>(method: (...args: A) => R, instance: object): CachedFunction<A, R> {
  const find: unknown = Reflect.get(method, OF_INSTANCE);
  if (typeof find === 'function') return Reflect.apply(find, undefined, [instance]);
  throw new CacheError({ owner: 'cachedOf', option: 'method', given: method, allowed: 'a method with @cached' });
}

function decorator(config: CachedConfig<MessageEvent['data'][], MessageEvent['data']> | undefined): MethodDecorator {
  return (method, { kind, name }) => {
    if (kind !== 'method' || !func.test(method))
      throw new CacheError({ owner: 'cached', option: 'decorator', given: kind, allowed: 'on a method' });
    const functions = new WeakMap<object, CachedFunction<MessageEvent['data'][], MessageEvent['data']>>();
    const of = (instance: object) => {
      const known = functions.get(instance);
      if (known) return known;
      // It must not hold the instance, as the instance holds it.
      const made = face(new Memo(method, { name: String(name), ...config }));
      functions.set(instance, made);
      return made;
    };
    return Object.assign(
      function (this: MessageEvent['data'], ...args: MessageEvent['data'][]) {
        return Reflect.apply(of(this), this, args);
      },
      { [OF_INSTANCE]: of },
    );
  };
}

function face<A extends unknown[]>(memo: Memo<A>): CachedFunction<A, MessageEvent['data']> {
  const call = function (this: unknown, ...args: A): MessageEvent['data'] {
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
