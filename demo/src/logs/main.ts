import type { LogFormat, LogOrder } from 'poise/logs';
import type { TrafficEntry } from '../../feed/traffic-entry.js';
import { createFilter } from '../model/filter.js';
import { openTrafficLog } from '../traffic-log.js';
import { byId } from '../view/dom.js';
import { formatCount } from '../view/format.js';
import { TailRow } from '../view/tail-row.js';
import { setUpTheme } from '../view/theme.js';
import { LogFigures } from './log-figures.js';
import { saveStream } from './save-stream.js';

const PAGE = 200;
const FIGURES_INTERVAL_MS = 1_000;

const filter = byId('filter', HTMLInputElement);
const receivedWithin = byId('window', HTMLSelectElement);
const order = byId('order', HTMLSelectElement);
const format = byId('format', HTMLSelectElement);
const rows = byId('rows', HTMLDivElement);
const note = byId('note', HTMLParagraphElement);
const empty = byId('empty', HTMLParagraphElement);
const more = byId('more', HTMLButtonElement);
const state = byId('state', HTMLParagraphElement);

const log = openTrafficLog();
const figures = new LogFigures();
let reading: AsyncIterator<TrafficEntry> | undefined;

function query() {
  const { entry: matches } = createFilter(filter.value);
  const withinMs = Number(receivedWithin.value);
  return {
    where: matches,
    order: toOrder(order.value),
    ...(withinMs > 0 ? { since: Date.now() - withinMs } : {}),
  };
}

const toOrder = (value: string): LogOrder => (value === 'oldest-first' ? value : 'newest-first');

/** Begins to read anew; what an earlier query still reads is left behind. */
async function search(): Promise<void> {
  rows.replaceChildren();
  reading = log.query(query());
  await showMore();
}

async function showMore(): Promise<void> {
  const current = reading;
  if (!current) return;
  const startedAt = performance.now();
  const found: TrafficEntry[] = [];
  let done = false;
  while (found.length < PAGE && !done) {
    const next = await current.next();
    if (current !== reading) return;
    if (next.done) done = true;
    else found.push(next.value);
  }
  const tookMs = performance.now() - startedAt;
  rows.append(
    ...found.map((entry) => {
      const row = new TailRow();
      row.show(entry);
      row.element.setAttribute('role', 'row');
      for (const cell of row.element.children) cell.setAttribute('role', 'gridcell');
      return row.element;
    }),
  );
  const shown = rows.childElementCount;
  more.hidden = done;
  empty.hidden = shown > 0;
  empty.textContent =
    log.stats.entries === 0 ? 'Nothing is logged yet: open the traffic page for a moment.' : 'No request matches.';
  note.textContent = `${formatCount(shown)} shown, the last ${formatCount(found.length)} read in ${tookMs.toFixed(0)} ms`;
}

const isFormat = (value: string): value is LogFormat => ['ndjson', 'ndjson.gz', 'json', 'har'].includes(value);

async function save(): Promise<void> {
  if (!isFormat(format.value)) return;
  state.textContent = 'Exporting';
  const bytes = await saveStream(log.export(format.value, query()), `traffic.${format.value}`);
  state.textContent = `Exported ${formatCount(bytes)} bytes`;
}

async function clear(): Promise<void> {
  await log.clear();
  state.textContent = 'Cleared';
  await search();
}

/** Tells what went wrong where the person looks; the page goes on. */
const run = (work: () => Promise<void>) => () => {
  work().catch((cause: unknown) => {
    state.textContent = cause instanceof Error ? cause.message : String(cause);
  });
};

log.start();
setUpTheme(() => undefined);
for (const [element, event, work] of [
  [filter, 'input', search],
  [receivedWithin, 'change', search],
  [order, 'change', search],
  [byId('refresh', HTMLButtonElement), 'click', search],
  [more, 'click', showMore],
  [byId('export', HTMLButtonElement), 'click', save],
  [byId('clear', HTMLButtonElement), 'click', clear],
] as const) {
  element.addEventListener(event, run(work));
}
const showFigures = async () => figures.show(await log.refresh());
setInterval(run(showFigures), FIGURES_INTERVAL_MS);
run(showFigures)();
run(search)();
