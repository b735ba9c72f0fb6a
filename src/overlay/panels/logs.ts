import { html, nothing } from 'lit';
import { describe } from '../../core/errors.js';
import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { LogsPart } from '../overlay-source.js';
import * as format from '../ui/format.js';
import { action, missing, statList } from '../ui/parts.js';
import { RecordList } from '../ui/record-list.js';
import { saveStream } from '../ui/save.js';
import type { PanelContext, PanelView } from './panel.js';

const LISTED = 500;
/** What fits on a line, and is looked at to tell entries apart. */
const LINE = 240;
/** Entries are read again at most this often, and only when some were added. */
const READ_MS: Milliseconds = 1_000;

interface LogAction {
  readonly needs: 'flush' | 'rotate' | 'export' | 'clear';
  readonly label: string;
  readonly does: (logs: LogsPart) => unknown;
  /** Said afterwards. */
  readonly done: string;
}

const ACTIONS: readonly LogAction[] = [
  { needs: 'flush', label: 'Write now', does: (logs) => logs.flush?.(), done: 'What waited is written.' },
  { needs: 'rotate', label: 'Rotate', does: (logs) => logs.rotate?.(), done: 'A new segment was begun.' },
  { needs: 'export', label: 'Export', does: exportLog, done: 'The log was saved.' },
  { needs: 'clear', label: 'Clear', does: (logs) => logs.clear?.(), done: 'The log is empty.' },
];

/** The log on disk: its figures, its newest entries, and what can be done with it. */
export function createLogs({ source, clock, act, redraw }: PanelContext): PanelView {
  const list = new RecordList<string>(
    {
      label: 'Entries',
      key: (text) => text,
      line: (text) => html`<code class="entry">${text.slice(0, LINE)}</code>`,
      detail: wholeOf,
    },
    redraw,
  );
  let reading = false;
  let failure: string | undefined;
  let readAt: MonotonicMs | undefined;
  let readOf = '';
  const read = async (logs: LogsPart) => {
    if (reading || !logs.query) return;
    reading = true;
    readAt = clock.now();
    readOf = contentOf(logs);
    try {
      const found: string[] = [];
      for await (const entry of logs.query({ order: 'newest-first', limit: LISTED })) found.push(textOf(entry));
      list.update(found.reverse());
      failure = undefined;
    } catch (cause) {
      failure = `The log could not be read: ${describe(cause)}`;
    } finally {
      reading = false;
    }
    redraw();
  };
  const isStale = (logs: LogsPart) =>
    readAt === undefined || (clock.now() - readAt >= READ_MS && contentOf(logs) !== readOf);
  const run = ({ does, done }: LogAction, logs: LogsPart) =>
    act(async () => {
      await does(logs);
      await read(logs);
      return done;
    });
  return {
    render: () => {
      const { logs } = source;
      if (!logs) return missing('No log here', 'Give the overlay a LogRotator, or enable log rotation in the monitor.');
      if (isStale(logs)) void read(logs);
      const { stats } = logs;
      return html`
        <div class="bar-row" role="group" aria-label="The log">
          ${ACTIONS.map((each) => (logs[each.needs] ? action(each.label, () => run(each, logs)) : nothing))}
        </div>
        ${statList([
          {
            label: 'Entries',
            value: format.count(stats.entries),
            note: `${format.count(stats.added)} added by this page`,
          },
          { label: 'Waiting', value: format.count(stats.pending), note: 'to be written' },
          { label: 'Stored', value: format.bytes(stats.bytesStored), note: `of ${format.bytes(stats.bytesRaw)}` },
          {
            label: 'Compressed',
            value: stats.compressionRatio === undefined ? format.ABSENT : `${format.rate(stats.compressionRatio)} : 1`,
            note: `${format.plural(stats.segments, 'segment')}, ${format.count(stats.rotatedFiles)} sealed here`,
          },
          {
            label: 'Lost',
            value: format.count(stats.dropped + stats.damaged),
            tone: stats.dropped + stats.damaged > 0 ? 'bad' : 'neutral',
            note: `${format.count(stats.dropped)} dropped, ${format.count(stats.damaged)} damaged`,
          },
          {
            label: 'Kept',
            value: stats.persistent ? 'on disk' : 'in memory only',
            tone: stats.persistent ? 'neutral' : 'warning',
            note: stats.diskFull ? 'the disk is full' : undefined,
          },
        ])}
        ${logs.query ? list.template(failure ?? 'None yet.') : nothing}
      `;
    },
    dispose: () => list.dispose(),
  };
}

/** Changes when what can be read of the log does. */
const contentOf = ({ stats }: LogsPart): string => [stats.entries, stats.added, stats.segments].join();

function textOf(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  try {
    return JSON.stringify(entry) ?? String(entry);
  } catch {
    return String(entry);
  }
}

/** With its parts on lines of their own, where it has some. */
function wholeOf(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

async function exportLog(logs: LogsPart): Promise<void> {
  if (logs.export) await saveStream(logs.export('ndjson'), 'poise-log.ndjson');
}
