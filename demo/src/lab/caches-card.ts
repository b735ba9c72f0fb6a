import { type Cache, EvictionPolicy } from 'poise/cache';
import { formatCount } from '../view/format.js';
import type { Card, Lab } from './card.js';

const LOOKUPS = 20_000;
const ITEMS = 2_000;

/** A few items are asked for most of the time, and a scan comes through now and then. */
function* requests(): Generator<number> {
  for (let n = 0; n < LOOKUPS; n++) {
    yield n % 10 === 0 ? ITEMS + n : Math.floor(ITEMS * Math.random() ** 4);
  }
}

/** The same requests to caches of one size that differ in what they let go. */
export function cachesCard({ caches }: Lab): Card {
  const all = new Map<string, Cache<number, string>>(
    Object.values(EvictionPolicy).map((evictionPolicy) => [
      evictionPolicy,
      caches.getCache<number, string>(evictionPolicy, { maxSize: 128, evictionPolicy }),
    ]),
  );
  return {
    title: 'Caches',
    text: 'The same requests, a scan among them, to caches of 128 entries: which keeps what will be asked for again?',
    actions: [
      {
        label: `Look up ${formatCount(LOOKUPS)}`,
        run: () => {
          const startedAt = performance.now();
          for (const key of requests()) {
            for (const cache of all.values()) if (cache.get(key) === undefined) cache.set(key, `item ${key}`);
          }
          const each = ((performance.now() - startedAt) * 1_000_000) / (LOOKUPS * all.size);
          return `${each.toFixed(0)} ns a look-up.`;
        },
      },
      {
        label: 'Empty all',
        run: () => {
          caches.clearCache();
          return 'All caches are empty.';
        },
      },
    ],
    figures: () =>
      [...all].map(([name, { stats }]) => [
        name,
        stats.hitRate === undefined ? 'not used yet' : `${(100 * stats.hitRate).toFixed(1)} % hits`,
      ]),
  };
}
