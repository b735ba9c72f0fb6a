import { formatCount } from '../view/format.js';
import type { Card, Lab } from './card.js';

/** What each visit of the view leaves behind. */
const ROWS_A_VISIT = 40;
const VISIT_MS = 250;
const RECENT = 12;
/** What a visit loads. The newest are kept a while and then let go of: garbage that has grown old, as busy pages make it. */
const LOADED = JSON.stringify(Array.from({ length: 6_000 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'] })));

/** A view that is opened again and again, and forgets to take its rows and its listener with it. */
export function leakCard({ monitor }: Lab): Card {
  const kept: HTMLElement[] = [];
  const recent: unknown[] = [];
  let timer: ReturnType<typeof setInterval> | undefined;
  const visit = () => {
    recent.push(JSON.parse(LOADED));
    if (recent.length > RECENT) recent.shift();
    const view = document.createElement('section');
    view.className = 'leaking-view';
    for (let n = 0; n < ROWS_A_VISIT; n++) {
      const row = document.createElement('p');
      row.textContent = `row ${n} `.repeat(200);
      view.append(row);
    }
    document.body.append(view);
    view.remove();
    kept.push(view);
    const optimizer = monitor.getMemoryOptimizer();
    optimizer?.track(view, 'LeakingView');
    optimizer?.markOperation('LeakingView', 'visit');
  };
  return {
    title: 'A leak',
    text: 'A view is opened four times a second and never lets go of its rows. Watch poise name it: in the overlay, under Memory.',
    actions: [
      {
        label: 'Leak or stop',
        run: () => {
          if (timer !== undefined) {
            clearInterval(timer);
            timer = undefined;
            return 'Stopped. What leaked is still held.';
          }
          timer = setInterval(visit, VISIT_MS);
          return 'Leaking. Give it a minute or two: leaks are judged by what garbage collections leave.';
        },
      },
      {
        label: 'Let go of it all',
        run: () => {
          const { length } = kept;
          kept.length = 0;
          return `${formatCount(length)} views can be collected now.`;
        },
      },
    ],
    figures: () => {
      const leaks = monitor.getMemoryOptimizer()?.leaks ?? [];
      return [
        ['Views held', formatCount(kept.length)],
        ['Leaks found', formatCount(leaks.length)],
        ['The worst', leaks[0] ? `${leaks[0].componentId}: ${leaks[0].details}` : 'none'],
      ];
    },
  };
}
