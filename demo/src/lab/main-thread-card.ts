import type { Card, Lab } from './card.js';

const BLOCK_MS = 400;

/** Keeps the main thread busy; named, so that long frames can blame it. */
function blockMainThread(): void {
  const until = performance.now() + BLOCK_MS;
  while (performance.now() < until);
}

/** What makes a page stand still, and what nobody caught. */
export function mainThreadCard({ monitor }: Lab): Card {
  return {
    title: 'A page that stands still',
    text: 'A handler that works too long, and errors that nobody catches. The overview says which, in words.',
    actions: [
      {
        label: 'Block for 400 ms',
        run: () => {
          blockMainThread();
          return 'The page stood still for 400 ms.';
        },
      },
      {
        label: 'Throw an error',
        run: () => {
          setTimeout(() => {
            throw new Error('the price of item 7 is missing');
          });
          return 'An error was thrown that nobody catches.';
        },
      },
    ],
    figures: () => {
      const { longFrames, frames, errors } = monitor.getPerformanceStats().page;
      return [
        ['Frames a second', frames?.framesPerSecond?.toFixed(0) ?? 'at rest'],
        [
          'Long frames',
          longFrames?.source === 'unsupported' ? 'not told by this browser' : String(longFrames?.count ?? 0),
        ],
        ['Uncaught errors', String(errors?.count ?? 0)],
      ];
    },
  };
}
