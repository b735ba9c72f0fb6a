import { expect, onTestFinished, test } from 'vitest';
import { disposeSymbol } from '../../src/core/index.js';
import { lazyImport } from '../../src/lazy/index.js';

function heavy(failures = 0) {
  let calls = 0;
  const proxy = lazyImport(async () => {
    if (++calls <= failures) throw new TypeError('Failed to fetch');
    return await import('./heavy.js');
  });
  onTestFinished(() => proxy.$loader[disposeSymbol]());
  return { proxy, calls: () => calls };
}

test('functions load the module at their first call, and it once', async () => {
  const { proxy, calls } = heavy();
  const { double } = proxy;
  expect(calls()).toBe(0);
  expect(await Promise.all([double(2), proxy.shout('a'), proxy.double(4)])).toEqual([4, 'A', 8]);
  expect(calls()).toBe(1);
  expect(proxy.double).toBe(double);
});

test('it is no promise: awaiting it loads nothing', async () => {
  const { proxy, calls } = heavy();
  expect(await Promise.resolve(proxy)).toBe(proxy);
  expect(Reflect.get(proxy, 'then')).toBeUndefined();
  expect('then' in proxy).toBe(false);
  expect(calls()).toBe(0);
});

test('classes and values are reached through $load, figures through $loader', async () => {
  const { proxy } = heavy();
  const { Heavy, VERSION } = await proxy.$load();
  expect([new Heavy() instanceof Heavy, VERSION]).toEqual([true, 3]);
  expect(proxy.$loader.stats).toMatchObject({ state: 'loaded', attempts: 1 });
  // @ts-expect-error a value is no function of the proxy
  void proxy.VERSION;
});

test('a failed load rejects, and the next call tries again', async () => {
  const { proxy } = heavy(1);
  await expect(proxy.double(1)).rejects.toMatchObject({ name: 'LazyLoadError', cause: expect.any(TypeError) });
  expect(await proxy.double(1)).toBe(2);
});

test('a function that is not there is told of by name; what a function throws is its own', async () => {
  const { proxy } = heavy();
  await expect(Reflect.get(proxy, 'VERSION')()).rejects.toThrow(/no function 'VERSION'/);
  const failing = lazyImport(async () => ({
    fail: () => {
      throw new RangeError('own');
    },
  }));
  onTestFinished(() => failing.$loader[disposeSymbol]());
  await expect(failing.fail()).rejects.toThrow(RangeError);
});
