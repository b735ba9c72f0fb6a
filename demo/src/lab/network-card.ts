import { formatBytes, formatCount } from '../view/format.js';
import type { Card, Lab } from './card.js';

/** Requests that are captured, with secrets taken out of their URLs. */
export function networkCard({ monitor }: Lab): Card {
  return {
    title: 'Requests',
    text: 'fetch and XMLHttpRequest are captured without the app noticing. Tokens in URLs and headers are taken out before anything is kept.',
    actions: [
      {
        label: 'Make 20',
        run: async () => {
          const answers = await Promise.all(
            Array.from({ length: 20 }, (_, n) => fetch(`./icon.svg?item=${n}&token=secret-${n}`)),
          );
          return `${answers.filter(({ ok }) => ok).length} of 20 answered. Look for the tokens under Network.`;
        },
      },
      {
        label: 'Make one that fails',
        run: async () => {
          const { status } = await fetch('./no-such-file.json', { headers: { authorization: 'Bearer secret' } });
          return status === 404 ? 'Answered with 404.' : `Answered with ${status}, as a development server does.`;
        },
      },
      {
        label: 'Give one up',
        run: async () => {
          const controller = new AbortController();
          const request = fetch(`./icon.svg?slow=${Date.now()}`, { signal: controller.signal, cache: 'no-store' });
          controller.abort();
          return await request.then(
            () => 'It was faster.',
            (error: unknown) => (error instanceof Error ? `Given up: ${error.name}.` : 'Given up.'),
          );
        },
      },
    ],
    figures: () => {
      const network = monitor.getPerformanceStats().page.network;
      return [
        ['Requests', formatCount(network?.requests ?? 0)],
        ['Failed', formatCount(network?.failed ?? 0)],
        ['Received', formatBytes(network?.receivedBytes ?? 0)],
      ];
    },
  };
}
