import { expect, test } from 'vitest';
import { disposeSymbol } from '../../src/core/index.js';
import { ResourceHandle, ResourceManager } from '../../src/resources/index.js';

/** Only where the engine can be told to collect; the others take minutes, if they do. */
const collecting = test.runIf(typeof gc === 'function');

async function collectUntil(done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !done(); turn++) {
    gc?.();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

collecting('what only poise knows is collected, leaves the registry and is counted', { timeout: 30_000 }, async () => {
  const manager = new ResourceManager();
  const ended: string[] = [];
  // In functions of their own, so that nothing here refers to the objects.
  const known = (() => new WeakRef(register(manager, 'known', new AbortController())))();
  const custom = (() => {
    const view = { name: 'view', rows: new Array(1_000).fill('row') };
    // The clean-up closes over the object, and still does not keep it.
    manager.register('custom', 'memory', view, { cleanup: () => ended.push(view.name), timeoutMs: 1e6 });
    return new WeakRef(view);
  })();
  const kept = { dispose: () => undefined };
  manager.register('kept', 'memory', kept, { cleanup: (resource) => resource.dispose() });

  await collectUntil(() => manager.stats.collected === 2);
  expect(known.deref()).toBeUndefined();
  expect(custom.deref()).toBeUndefined();
  expect(manager.list().map(({ id }) => id)).toEqual(['kept']);
  expect(manager.stats).toMatchObject({ registered: 3, active: 1, collected: 2, cleaned: 0 });
  expect(ended).toEqual([]);
  expect(await manager.cleanup()).toBe(1);
  expect(kept).toBeDefined();
});

collecting('a record that somebody keeps does not keep the object', { timeout: 30_000 }, async () => {
  const manager = new ResourceManager();
  const record = (() => manager.register('it', 'memory', new AbortController()))();
  await collectUntil(() => record.status === 'inactive');
  expect(record.deref()).toBeUndefined();
  expect(record.status).toBe('inactive');
  expect(manager.stats.collected).toBe(1);
});

collecting('handles and what a scope owns are not collected', async () => {
  const manager = new ResourceManager();
  const scope = manager.scope('view');
  const ended: string[] = [];
  (() => {
    manager.register(
      'handle',
      'memory',
      ResourceHandle.teardown(() => ended.push('handle')),
    );
    scope.register('owned', 'memory', { name: 'owned' }, { cleanup: ({ name }) => ended.push(name) });
    manager.register('witness', 'memory', new AbortController());
  })();
  await collectUntil(() => manager.stats.collected > 0);
  expect(manager.stats.collected).toBe(1);
  scope.dispose();
  manager[disposeSymbol]();
  expect(ended).toEqual(['owned', 'handle']);
});

function register(manager: ResourceManager, id: string, resource: AbortController): AbortController {
  manager.register(id, 'network', resource);
  return resource;
}
