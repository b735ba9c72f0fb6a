import { LogRotator } from 'poise/logs';
import { mountOverlay } from 'poise/overlay';
import { UpdateThrottler } from 'poise/throttle';
import { WorkerPool } from 'poise/workers';

async function throttle() {
  const throttler = new UpdateThrottler({ maxUpdatesPerSecond: 30 });
  throttler.start();
  const cell = document.body.appendChild(document.createElement('output'));
  const landed = new Promise((resolve) => {
    for (let n = 1; n <= 1000; n++) {
      const update = () => {
        cell.textContent = String(n);
        if (n === 1000) resolve();
      };
      throttler.requestUpdate(update, { key: 'cell' });
    }
  });
  await landed;
  throttler.stop();
  return { shown: cell.textContent, requested: throttler.stats.requested };
}

async function keepLog() {
  const log = new LogRotator({ name: 'consumer', maxCount: 1000 });
  log.start();
  const start = Date.now();
  for (let n = 0; n < 1500; n++) log.addEntry({ timestamp: start + n, url: '/api/cart', status: 200, n });
  const flushed = await log.flush();
  while (log.stats.compressionRatio === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  const numbers = [];
  for await (const { n } of log.query({ order: 'newest-first', limit: 1200 })) numbers.push(n);
  const { persistent, entries } = log.stats;
  await log.clear();
  log.stop();
  return { flushed, persistent, entries, newest: numbers[0], oldest: numbers[numbers.length - 1] };
}

async function runTasks() {
  const create = () => new Worker(new URL('./tasks.js', import.meta.url), { type: 'module' });
  const pool = new WorkerPool({ size: 2, create });
  const squares = await pool.map('square', [1, 2, 3]);
  const { mode } = pool.stats;
  pool.stop();
  return { squares, mode };
}

async function openOverlay() {
  const overlay = mountOverlay({});
  await overlay.open();
  return overlay.isOpen;
}

window.runApp = async () => ({
  throttle: await throttle(),
  log: await keepLog(),
  tasks: await runTasks(),
  overlay: await openOverlay(),
});
