import { expect, expectTypeOf, onTestFinished, test } from 'vitest';
import { Cache, type CachedFunction, cached, cachedOf, type Kept } from '../../src/cache/index.js';
import { disposeSymbol } from '../../src/core/disposer.js';
import { newName } from './persistent-support.js';

function own<T extends Disposable>(thing: T): T {
  onTestFinished(() => thing[disposeSymbol]());
  return thing;
}

test('a function keeps its own types', () => {
  const length = own(cached((text: string, add?: number) => text.length + (add ?? 0)));
  expectTypeOf(length).toEqualTypeOf<CachedFunction<[text: string, add?: number], number>>();
  expectTypeOf(length).returns.toEqualTypeOf<number>();
  expectTypeOf(length.invalidate).parameters.toEqualTypeOf<[text: string, add?: number | undefined]>();
  expectTypeOf(length.cache).toEqualTypeOf<Cache<string, Kept<number>>>();
  const load = own(cached(async (id: number) => ({ id })));
  expectTypeOf(load).toEqualTypeOf<CachedFunction<[id: number], Promise<{ id: number }>>>();
  expectTypeOf(load.cache).toEqualTypeOf<Cache<string, Kept<{ id: number }>>>();
  expect([length('abc'), length('abc', 2)]).toEqual([3, 5]);
  // @ts-expect-error a number is no text
  length(3);
});

test('the options see the arguments', () => {
  const options = {
    key: (...args: [id: number, deep: boolean]) => args.join(),
    tags: (id: number) => [`id:${id}`],
  };
  const get = own(cached((id: number, deep: boolean) => (deep ? [id] : id), options));
  expectTypeOf(get).toEqualTypeOf<CachedFunction<[id: number, deep: boolean], number | number[]>>();
  own(
    cached((id: number, _deep: boolean) => id, {
      key: (id, deep) => {
        expectTypeOf(id).toEqualTypeOf<number>();
        expectTypeOf(deep).toEqualTypeOf<boolean>();
        return '';
      },
    }),
  );
  // @ts-expect-error the key is made of a number
  own(cached((id: number) => id, { key: (id: string) => id }));
  // @ts-expect-error the cache is for texts
  own(cached((id: number) => id, { name: 'id', cache: own(new Cache<string, Kept<string>>()) }));
});

test('a persistent function gives a promise, whatever it gave before', async () => {
  const double = own(cached((n: number) => n * 2, { name: newName(), persistent: true }));
  expectTypeOf(double).toEqualTypeOf<CachedFunction<[n: number], Promise<number>>>();
  const triple = own(cached(async (n: number) => n * 3, { name: newName(), persistent: true }));
  expectTypeOf(triple).toEqualTypeOf<CachedFunction<[n: number], Promise<number>>>();
  expect(await Promise.all([double(2), triple(2)])).toEqual([4, 6]);
  await Promise.all([double.cache.flush(), triple.cache.flush()]);
});

class Api {
  get(id: string, deep = false): Promise<string> {
    return Promise.resolve(deep ? id + id : id);
  }
  count(n: number): number {
    return n;
  }
}

/** A compiler's part: what `@cached(…)` does before a method. */
type Context<Name extends 'get' | 'count'> = ClassMethodDecoratorContext<Api, Api[Name]>;
function context<Name extends 'get' | 'count'>(name: Name): Context<Name> {
  return {
    kind: 'method',
    name,
    static: false,
    private: false,
    metadata: {},
    access: { has: (object) => name in object, get: (object) => object[name] },
    addInitializer: () => undefined,
  };
}

test('a decorated method keeps its own types, and is refused where the options are for others', async () => {
  const api = new Api();
  const [get, count] = [context('get'), context('count')];
  const decorated = cached({ ttlSeconds: 60, key: (id: string) => id })(Api.prototype.get, get);
  expectTypeOf(decorated).parameters.toEqualTypeOf<[id: string, deep?: boolean | undefined]>();
  expectTypeOf(decorated).returns.toEqualTypeOf<Promise<string>>();
  expectTypeOf(decorated).thisParameter.toEqualTypeOf<Api>();
  expect(await decorated.call(api, 'a')).toBe('a');
  const remembering = own(cachedOf(decorated, api));
  expectTypeOf(remembering).toEqualTypeOf<CachedFunction<[id: string, deep?: boolean], Promise<string>>>();
  expect(remembering.stats.misses).toBe(1);

  cached()(Api.prototype.get, get);
  cached()(Api.prototype.count, count);
  cached({ name: 'count', cache: own(new Cache<string, Kept<number>>()) })(Api.prototype.count, count);
  cached({ name: 'get', cache: own(new Cache<string, Kept<string>>()) })(Api.prototype.get, get);
  cached({ name: 'get', persistent: true })(Api.prototype.get, get);
  // @ts-expect-error the key is made of a text
  cached({ key: (id: string) => id })(Api.prototype.count, count);
  // @ts-expect-error the cache is for texts
  cached({ name: 'count', cache: own(new Cache<string, Kept<string>>()) })(Api.prototype.count, count);
  // @ts-expect-error a persistent method has to give a promise
  cached({ name: 'count', persistent: true })(Api.prototype.count, count);
});
