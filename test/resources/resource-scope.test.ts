import { expect, test } from 'vitest';
import { asyncDisposeSymbol, disposeSymbol } from '../../src/core/index.js';
import { ResourceHandle, ResourceManager } from '../../src/resources/index.js';

const fail = () => {
  throw new Error('no');
};

test('everything ends with its scope, the newest first', () => {
  const manager = new ResourceManager();
  const ended: string[] = [];
  manager.register(
    'outside',
    'memory',
    ResourceHandle.teardown(() => ended.push('outside')),
  );
  const scope = manager.scope('view');
  for (const id of ['a', 'b', 'c'])
    scope.register(
      id,
      'memory',
      ResourceHandle.teardown(() => ended.push(id)),
    );
  scope.dispose();
  scope.dispose();
  expect(ended).toEqual(['c', 'b', 'a']);
  expect(manager.list().map(({ id }) => id)).toEqual(['outside']);
  expect(() => scope.register('d', 'memory', ResourceHandle.teardown(fail))).toThrow(
    expect.objectContaining({ code: 'POISE_RESOURCE_DISPOSED' }),
  );
});

test('clean-ups that throw or reject keep no other from running, and nothing is thrown', async () => {
  const manager = new ResourceManager();
  const scope = manager.scope('view');
  const ended: string[] = [];
  scope.register(
    'a',
    'memory',
    ResourceHandle.teardown(() => ended.push('a')),
  );
  scope.register('throws', 'memory', ResourceHandle.teardown(fail));
  scope.register(
    'b',
    'memory',
    ResourceHandle.teardown(() => ended.push('b')),
  );
  scope.register(
    'rejects',
    'memory',
    ResourceHandle.teardown(() => Promise.reject(new Error('later'))),
  );
  scope.dispose();
  expect(ended).toEqual(['b', 'a']);
  await new Promise((resolve) => setTimeout(resolve));
  expect(scope.errors.map(({ cause }) => cause)).toEqual([new Error('no'), new Error('later')]);
  expect(manager.stats).toMatchObject({ failed: 2, cleaned: 2 });
});

test('asynchronously each waits for the one before it', async () => {
  const manager = new ResourceManager();
  const scope = manager.scope('view');
  const log: string[] = [];
  const slow = (id: string) => async () => {
    log.push(`${id} begins`);
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`${id} ended`);
  };
  for (const id of ['a', 'b']) scope.register(id, 'memory', ResourceHandle.teardown(slow(id)));
  await scope[asyncDisposeSymbol]();
  expect(log).toEqual(['b begins', 'b ended', 'a begins', 'a ended']);
});

test.runIf(Symbol.dispose)('a scope goes with its block, also by an error', async () => {
  const manager = new ResourceManager();
  let ended = 0;
  const { renderView } = await import('./using-blocks.js');
  expect(() => renderView(manager, () => ended++)).toThrow('render failed');
  expect(ended).toBe(1);
});

test('two scopes of one name do not share ids, and one scope refuses an id twice', () => {
  const manager = new ResourceManager();
  const [first, second] = [manager.scope('view'), manager.scope('view')];
  for (const scope of [first, second])
    scope.register(
      'a',
      'memory',
      ResourceHandle.teardown(() => undefined),
    );
  expect(() => first.register('a', 'memory', ResourceHandle.teardown(fail))).toThrow(
    expect.objectContaining({ code: 'POISE_RESOURCE_DUPLICATE' }),
  );
  first.dispose();
  expect(manager.list().map(({ id }) => id)).toEqual([`${second.name}/a`]);
});

test('what was unregistered or ended before is left alone, and does not pile up', async () => {
  const manager = new ResourceManager();
  const scope = manager.scope('view');
  let ended = 0;
  for (let n = 0; n < 1_000; n++) {
    scope.register(
      'a',
      'memory',
      ResourceHandle.teardown(() => ended++),
    );
    if (n % 2) scope.unregister('a');
    else await manager.cleanup();
  }
  scope.register(
    'last',
    'memory',
    ResourceHandle.teardown(() => ended++),
  );
  scope.dispose();
  expect(ended).toBe(501);
});

test('a manager that ends takes its scopes along', () => {
  const manager = new ResourceManager();
  const scope = manager.scope('view');
  let ended = 0;
  scope.register(
    'a',
    'memory',
    ResourceHandle.teardown(() => ended++),
  );
  scope.temporary('buffer', { byteLength: 8 });
  manager[disposeSymbol]();
  expect(ended).toBe(1);
  expect(manager.stats).toMatchObject({ active: 0, temporaryBytes: 0 });
});

test('temporary resources of a scope end with it', () => {
  const manager = new ResourceManager();
  const scope = manager.scope('view');
  const { buffer } = scope.temporary('buffer', { byteLength: 8 });
  scope.dispose();
  expect(buffer.byteLength).toBe(0);
});
