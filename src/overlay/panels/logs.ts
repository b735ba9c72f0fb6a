import { html, nothing } from 'lit';
import type { LogsPart } from '../overlay-source.js';
import * as format from '../ui/format.js';
import { action, missing, statList, table } from '../ui/parts.js';
import { saveStream } from '../ui/save.js';
import type { PanelContext, PanelView } from './panel.js';

const LISTED = 20;
/** An entry is shown on one line, cut here. */
const LINE = 240;

interface Line {
  readonly text: string;
}

/** The log on disk: its figures, its newest entries, and what can be done with it. */
export function createLogs({ source, announce, redraw }: PanelContext): PanelView {
  let lines: readonly Line[] = [];
  let reading = false;
  const read = async (logs: LogsPart) => {
    if (reading || !logs.query) return;
    reading = true;
    try {
      const found: Line[] = [];
      for await (const entry of logs.query({ order: 'newest-first', limit: LISTED }))
        found.push({ text: lineOf(entry) });
      lines = found;
      redraw();
    } finally {
      reading = false;
    }
  };
  const act = async (work: () => Promise<unknown>, done: string) => {
    await work();
    announce(done);
    if (source.logs) await read(source.logs);
  };
  return {
    sample: () => {
      if (source.logs) void read(source.logs);
    },
    render: () => {
      const { logs } = source;
      if (!logs) return missing('No log here', 'Give the overlay a LogRotator, or enable log rotation in the monitor.');
      const { stats } = logs;
      return html`
        <div class="bar-row" role="group" aria-label="The log">
          ${logs.flush ? action('Write now', () => void act(async () => await logs.flush?.(), 'What waited is written.')) : nothing}
          ${logs.rotate ? action('Rotate', () => void act(async () => await logs.rotate?.(), 'A new segment was begun.')) : nothing}
          ${logs.export ? action('Export', () => void act(async () => await exportLog(logs), 'The log was saved.')) : nothing}
          ${logs.clear ? action('Clear', () => void act(async () => await logs.clear?.(), 'The log is empty.')) : nothing}
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
            note: `${format.count(stats.segments)} segments, ${format.count(stats.rotatedFiles)} sealed here`,
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
        ${table<Line>('Newest entries', [{ title: 'Entry', cell: ({ text }) => html`<code>${text}</code>` }], lines, 'None yet.')}
      `;
    },
  };
}

function lineOf(entry: unknown): string {
  let text: string;
  try {
    text = typeof entry === 'string' ? entry : JSON.stringify(entry);
  } catch {
    text = String(entry);
  }
  return text.length > LINE ? `${text.slice(0, LINE)}…` : text;
}

async function exportLog(logs: LogsPart): Promise<void> {
  if (logs.export) await saveStream(logs.export('ndjson'), 'poise-log.ndjson');
}
