import { countPrimes } from '../../examples/primes.js';
import { formatCount } from '../view/format.js';
import type { Card, Lab } from './card.js';

const RANGES = Array.from({ length: 60 }, (_, n) => n);
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** Heavy work on this thread and on workers. */
export function workersCard({ pool }: Lab): Card {
  return {
    title: 'Workers',
    text: 'Counting primes on this thread stops everything else; on workers nobody notices, and it is done sooner.',
    actions: [
      {
        label: 'Count on workers',
        run: async () => {
          const startedAt = performance.now();
          const found = sum(await pool.map('countPrimes', RANGES));
          return `${formatCount(found)} primes in ${(performance.now() - startedAt).toFixed(0)} ms.`;
        },
      },
      {
        label: 'Count here',
        run: () => {
          const startedAt = performance.now();
          const found = sum(RANGES.map(countPrimes));
          return `${formatCount(found)} primes in ${(performance.now() - startedAt).toFixed(0)} ms, and nothing else meanwhile.`;
        },
      },
    ],
    figures: () => {
      const { workers, completed, pending, mode } = pool.stats;
      return [
        ['Workers', `${workers} (${mode})`],
        ['Done', formatCount(completed)],
        ['Waiting or running', formatCount(pending)],
      ];
    },
  };
}
