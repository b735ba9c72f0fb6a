import { formatBytes, formatCount } from '../view/format.js';
import type { Card, Lab } from './card.js';

const BODY = 'a line of a body that is longer than anybody wants to keep. '.repeat(400);

/** Entries within bounds: bodies are cut, the oldest go. */
export function memoryCard({ monitor }: Lab): Card {
  return {
    title: 'Entries in memory',
    text: 'Kept within a number and a budget. Bodies are cut at 10 KB, and the oldest entries go when memory is scarce.',
    actions: [
      {
        label: 'Add 500 of 24 KB',
        run: () => {
          const memory = monitor.getMemoryManager();
          for (let n = 0; n < 500; n++) memory?.add({ n, body: `${n} ${BODY}` });
          return 'Added 500 entries; their bodies were cut.';
        },
      },
      {
        label: 'Give memory back',
        run: async () => {
          const { actions } = await monitor.forceOptimization();
          return actions.map(({ part, what }) => `${part}: ${what}`).join('; ') || 'There was nothing to give.';
        },
      },
    ],
    figures: () => {
      const stats = monitor.getMemoryManager()?.stats;
      return [
        ['Entries', formatCount(stats?.entries ?? 0)],
        ['They take', formatBytes(stats?.bytes ?? 0)],
        ['Cut off bodies', formatBytes(stats?.truncatedBytes ?? 0)],
        ['Pressure', stats?.pressure ?? '–'],
      ];
    },
  };
}
