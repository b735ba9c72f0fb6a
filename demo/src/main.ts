import { observeFrames } from 'poise/collect';
import { monitorSource, mountOverlay } from 'poise/overlay';
import { Subject, share } from 'rxjs';
import { openFeed } from './feed/open-feed.js';
import { FrameMeter, Meter } from './meter.js';
import { Monitor } from './monitor.js';
import { startMonitor } from './page-monitor.js';
import { Painter } from './painter.js';
import { openTrafficLog } from './traffic-log.js';
import { ConnectionView } from './view/connection.js';
import { Controls } from './view/controls.js';
import { FiguresView } from './view/figures.js';
import { setUpShortcuts } from './view/shortcuts.js';
import { setUpTheme } from './view/theme.js';

const START_RATE_PER_SECOND = 2_000;
const FIGURES_INTERVAL_MS = 250;

const painter = new Painter();
const log = openTrafficLog();
log.start();
const activity$ = new Subject<void>();
const frames$ = observeFrames({ activity$ }).pipe(share());

const controls = new Controls({
  onRate: (perSecond) => feed.setRate(perSecond),
  onMode: (mode) => painter.setMode(mode),
  onPaused: (paused) => monitor.setPaused(paused),
  onFilter: (text) => monitor.setFilter(text),
  onSort: (column) => monitor.sortBy(column, false),
});
const monitor: Monitor = new Monitor({
  painter,
  onSort: ({ column }) => controls.showSort(column),
  onFilter: (text) => controls.setFilter(text),
});

const connection = new ConnectionView();
let behindMs = 0;
const feed = openFeed(START_RATE_PER_SECOND, {
  onState: (state) => connection.showState(state),
  onSource: (source) => {
    // A lost connection that comes back goes on where it was, unless the server has been given another log.
    if (connection.showSource(source)) monitor.clear();
  },
  onEntries: (entries, sentAt, skipped) => {
    behindMs = Math.max(0, Date.now() - sentAt);
    activity$.next();
    monitor.receive(entries);
    for (const entry of entries) log.addEntry(entry);
    connection.showSkipped(skipped);
  },
});

const frameMeter = new FrameMeter();
frames$.subscribe(({ time, intervalMs }) => frameMeter.record(time, intervalMs));
const figures = new FiguresView();
const requests = new Meter();
const paints = new Meter();
const coalesced = new Meter();
setInterval(() => {
  if (document.hidden) return;
  const now = performance.now();
  const coalescedPerSecond = coalesced.read(painter.stats.coalesced, now);
  figures.show({
    requestsPerSecond: requests.read(monitor.received, now),
    paintsPerSecond: paints.read(painter.painted, now),
    coalescedPerSecond: painter.mode === 'unthrottled' ? undefined : coalescedPerSecond,
    ...frameMeter.read(now),
    behindMs,
  });
}, FIGURES_INTERVAL_MS);

const performanceMonitor = startMonitor({ updateThrottler: painter.throttler });
const overlay = mountOverlay(
  monitorSource(performanceMonitor, { memory: monitor.history.entries, logs: log, frames$ }),
);
setUpTheme((theme) => {
  overlay.setTheme(theme);
  figures.redraw();
});
setUpShortcuts(controls);
controls.setRate(START_RATE_PER_SECOND);
controls.setMode(painter.mode);
