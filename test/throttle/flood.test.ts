import { expect, test } from 'vitest';
import { disposeSymbol } from '../../src/core/index.js';
import { ThrottleMode, UpdateThrottler } from '../../src/throttle/index.js';

const CELLS = 100;
const PER_SECOND = 20_000;

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

/** Calls `emit` with 0, 1, 2 … at 20,000 a second, as timers allow, for so long. */
async function emitFor(ms: number, emit: (n: number) => void): Promise<number> {
  const start = performance.now();
  let sent = 0;
  while (performance.now() - start < ms) {
    const due = Math.floor(((performance.now() - start) * PER_SECOND) / 1_000);
    for (; sent < due; sent++) emit(sent);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return sent;
}

test.each(Object.values(ThrottleMode))(
  '%s: 20,000 updates a second into 100 cells for 5 s end with every cell at its newest',
  async (mode) => {
    const cells = Array.from({ length: CELLS }, () => document.body.appendChild(document.createElement('output')));
    const throttler = new UpdateThrottler({ mode });
    throttler.start();
    let frames = 0;
    const wanted = new Map<number, string>();

    const counting = { on: true };
    const count = () => {
      frames++;
      if (counting.on) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);

    const sent = await emitFor(5_000, (n) => {
      const cell = n % CELLS;
      const text = `#${n}`;
      wanted.set(cell, text);
      throttler.requestUpdate(
        () => {
          const element = cells[cell];
          if (element) element.textContent = text;
        },
        { key: cell },
      );
    });
    await expect.poll(() => throttler.stats.pending).toBe(0);
    counting.on = false;
    // The count's own last frame comes before this one.
    await nextFrame();

    cells.forEach((cell, i) => {
      expect(cell.textContent).toBe(wanted.get(i));
      cell.remove();
    });
    const { stats } = throttler;
    expect(stats).toMatchObject({ requested: sent, refused: 0, failed: 0, pending: 0 });
    expect(stats.executed + stats.coalesced).toBe(sent);
    expect(stats.coalesced).toBeGreaterThan(stats.executed);
    expect(stats.refreshes).toBeLessThanOrEqual(frames);
    throttler[disposeSymbol]();
  },
  20_000,
);

test('updates that throw, and updates that request updates, keep the flood going', async () => {
  const throttler = new UpdateThrottler();
  throttler.start();
  let told = 0;
  throttler.errors$.subscribe(() => told++);
  let chain = 0;
  const link = () => {
    if (++chain < 10) throttler.requestUpdate(link, { key: 'link' });
  };
  throttler.requestUpdate(link, { key: 'link' });
  for (let i = 0; i < 20; i++) {
    throttler.requestUpdate(() => {
      throw new Error(`cell ${i}`);
    });
    await nextFrame();
  }
  await expect.poll(() => chain).toBe(10);
  await expect.poll(() => told).toBe(20);
  expect(throttler.stats.failed).toBe(20);
  throttler[disposeSymbol]();
});

test('two throttlers do not know of each other, and a second start() doubles nothing', async () => {
  const first = new UpdateThrottler();
  const second = new UpdateThrottler();
  for (const throttler of [first, first, second]) throttler.start();
  let ran = 0;
  first.requestUpdate(() => ran++, { key: 'k' });
  second.requestUpdate(() => ran++, { key: 'k' });
  await expect.poll(() => ran).toBe(2);
  first.stop();
  expect(first.stats.executed).toBe(1);
  expect(second.stats.executed).toBe(1);
  second.requestUpdate(() => ran++);
  await expect.poll(() => ran).toBe(3);
  second.stop();
});
