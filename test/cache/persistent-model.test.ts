import { expect, test } from 'vitest';
import type { StoredEntry } from '../../src/cache/index.js';
import { persistentStore } from '../../src/cache/index.js';
import { detectEnvironment } from '../../src/core/environment.js';
import { fc } from '../support/properties.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { deleteDatabase } from './persistent-support.js';

const KEYS = ['a', 'b', 'c', 'd', 'e'];

type Call =
  | { readonly type: 'put'; readonly key: string; readonly value: number; readonly tag: string | undefined }
  | { readonly type: 'delete'; readonly key: string }
  | { readonly type: 'tag'; readonly tag: string }
  | { readonly type: 'where'; readonly above: number }
  | { readonly type: 'clear' | 'flush' | 'reopen' | 'read' };

const key = fc.constantFrom(...KEYS);
const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('put'),
      key,
      value: fc.nat(99),
      tag: fc.constantFrom(undefined, 'x', 'y'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delete'), key }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('tag'), tag: fc.constantFrom('x', 'y') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('where'), above: fc.nat(99) }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constantFrom('clear', 'flush', 'flush', 'reopen', 'read', 'read') }) },
);

/** A store without a cache in front, so that every read is its own. */
function openStore(name: string) {
  const admitted: StoredEntry<string, number>[] = [];
  const errors: string[] = [];
  const store = persistentStore({ preloadEntries: 3 })<string, number>({
    name,
    compression: false,
    maxSize: 100,
    clock: new VirtualClock(),
    environment: detectEnvironment(),
    admit: (entry) => admitted.push(entry) > 0,
    report: ({ message }) => errors.push(message),
  });
  return { store, admitted, errors };
}

test('whatever is called in whatever order, each tab reads what a plain map would hold', {
  timeout: 120_000,
}, async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 40 }), fc.boolean(), async (calls, inTwoTabs) => {
      const name = `model-${crypto.randomUUID()}-${runs++}`;
      const model = new Map<string, { value: number; tag: string | undefined }>();
      let tabs = inTwoTabs ? [openStore(name), openStore(name)] : [openStore(name)];
      const errors: string[] = [];
      const close = async () => {
        for (const tab of tabs) {
          await tab.store.flush();
          tab.store.close();
          errors.push(...tab.errors);
        }
      };
      const check = async () => {
        for (const { store } of tabs) {
          const read = await Promise.all(KEYS.map(async (name) => (await store.read(name))?.value));
          expect(read).toEqual(KEYS.map((name) => model.get(name)?.value));
        }
      };
      const play = async () => {
        for (const [n, one] of calls.entries()) {
          const { store } = tabs[n % tabs.length] ?? openStore(name);
          switch (one.type) {
            case 'put': {
              const tags = one.tag === undefined ? undefined : [one.tag];
              store.put({ key: one.key, value: one.value, expiresAt: Number.POSITIVE_INFINITY, tags });
              model.delete(one.key);
              model.set(one.key, one);
              break;
            }
            case 'delete':
              store.delete(one.key);
              model.delete(one.key);
              break;
            case 'tag':
              store.invalidateTag(one.tag);
              for (const [name, { tag }] of model) if (tag === one.tag) model.delete(name);
              break;
            case 'where':
              store.invalidateWhere((value) => value > one.above);
              for (const [name, { value }] of model) if (value > one.above) model.delete(name);
              break;
            case 'clear':
              store.clear();
              model.clear();
              break;
            case 'flush':
              await store.flush();
              break;
            case 'reopen':
              await close();
              tabs = tabs.map(() => openStore(name));
              break;
            case 'read':
              if (!inTwoTabs) await check();
              break;
          }
          // What one tab has made durable, the other sees.
          if (inTwoTabs) await store.flush();
        }
        await close();
        tabs = tabs.map(() => openStore(name));
        await check();
      };
      // Also where a check fails: a smaller example is looked for then, in databases of its own.
      try {
        await play();
      } finally {
        await close();
        await deleteDatabase(name);
      }
      expect(errors).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
