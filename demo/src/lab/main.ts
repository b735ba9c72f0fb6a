import { CacheManager } from 'poise/cache';
import { monitorSource, mountOverlay } from 'poise/overlay';
import { WorkerPool } from 'poise/workers';
import type { PrimeTasks } from '../../examples/primes.worker.js';
import { startMonitor } from '../page-monitor.js';
import { byId } from '../view/dom.js';
import { setUpTheme } from '../view/theme.js';
import { showCard } from './card.js';
import { CARDS } from './cards.js';

const UPDATE_MS = 500;
/** From here on there is room for the overlay beside the cards. */
const WIDE = '(width >= 1200px)';

const monitor = startMonitor();
const caches = new CacheManager({ name: 'lab' });
const pool = new WorkerPool<PrimeTasks>({
  create: () => new Worker(new URL('../../examples/primes.worker.ts', import.meta.url), { type: 'module' }),
});
pool.start();

const updates = CARDS.map((card) => showCard(card({ monitor, caches, pool }), byId('cards', HTMLElement)));
setInterval(() => {
  if (!document.hidden) for (const update of updates) update();
}, UPDATE_MS);

const overlay = mountOverlay(monitorSource(monitor, { caches, workers: { primes: pool } }));
setUpTheme((theme) => overlay.setTheme(theme));
if (matchMedia(WIDE).matches) void overlay.open();
