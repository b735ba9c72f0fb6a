import { ResourceHandle } from 'poise/resources';
import { formatCount } from '../view/format.js';
import type { Card, Lab } from './card.js';

/** What a page opens and forgets to close. */
export function resourcesCard({ monitor }: Lab): Card {
  let made = 0;
  const held: object[] = [];
  return {
    title: 'Resources',
    text: 'Timers, channels and object URLs are registered once and end by themselves when nobody has used them for an hour, or now.',
    actions: [
      {
        label: 'Open six',
        run: () => {
          const manager = monitor.getResourceManager();
          for (let n = 0; n < 3; n++) {
            manager?.register(
              `poll ${++made}`,
              'network',
              ResourceHandle.interval(setInterval(() => undefined, 60_000)),
            );
            const channel = new BroadcastChannel(`lab ${made}`);
            held.push(channel);
            manager?.register(`channel ${made}`, 'network', channel);
          }
          return 'Three timers and three channels are open.';
        },
      },
      {
        label: 'Open one that won’t end',
        run: () => {
          const stuck = { id: ++made };
          held.push(stuck);
          monitor.getResourceManager()?.register(`stuck ${made}`, 'memory', stuck, {
            cleanup: () => {
              throw new Error('it is in use');
            },
          });
          return 'Its clean-up throws: end all, and see.';
        },
      },
      {
        label: 'End all',
        run: async () => {
          const ended = (await monitor.getResourceManager()?.cleanup()) ?? 0;
          held.length = 0;
          return `${formatCount(ended)} ended.`;
        },
      },
    ],
    figures: () => {
      const stats = monitor.getResourceManager()?.stats;
      return [
        ['Active', formatCount(stats?.active ?? 0)],
        ['Ended', formatCount(stats?.cleaned ?? 0)],
        ['Failed clean-ups', formatCount(stats?.failed ?? 0)],
      ];
    },
  };
}
