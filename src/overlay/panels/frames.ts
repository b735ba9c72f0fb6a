import { html, nothing } from 'lit';
import type { WebVital } from '../../collect/index.js';
import type { LongFrame, LongFrameScript } from '../../collect/long-frames.js';
import type { WebVitalFigures } from '../../monitor/index.js';
import { TimeChart } from '../charts/time-chart.js';
import * as format from '../ui/format.js';
import { statList, type Tone, table } from '../ui/parts.js';
import type { PanelContext, PanelView } from './panel.js';
import { causeOf } from './vital-cause.js';

/** The figures cover this many seconds. */
const WINDOW_SECONDS = 10;
const LISTED = 12;

/** Frames a second, dropped frames, and the long ones with the script to blame. */
export function createFrames({ frames, clock, source }: PanelContext): PanelView {
  const chart = new TimeChart(clock, {
    label: 'Frames a second and the longest frame of each second, over the last minute',
    series: [
      { label: 'frames a second', color: '--accent', filled: true },
      { label: 'longest frame, ms', color: '--second' },
    ],
    format: format.count,
  });
  for (const { second, delivered, watchedMs, longestMs } of frames.seconds)
    if (watchedMs > 0) chart.push(1_000 * second, [(1_000 * delivered) / watchedMs, longestMs]);
  return {
    sample: () => {
      const last = frames.summary(1, clock.now());
      chart.push(clock.now(), [last?.framesPerSecond, last?.longestMs]);
    },
    render: () => {
      const recent = frames.summary(WINDOW_SECONDS, clock.now());
      return html`
        ${statList([
          { label: 'Frames a second', value: format.count(recent?.framesPerSecond) },
          {
            label: 'Dropped',
            value: format.percent(recent?.droppedPercent),
            tone: (recent?.droppedPercent ?? 0) > 5 ? 'bad' : 'neutral',
          },
          {
            label: 'Longest frame',
            value: format.duration(recent?.longestMs),
            tone: (recent?.longestMs ?? 0) > 50 ? 'bad' : 'neutral',
          },
          { label: 'Long frames', value: format.count(frames.longFrames.length), note: 'over 50 ms, since opening' },
        ])}
        ${chart.element}
        ${vitals(source.monitor?.getPerformanceStats().page.webVitals)}
        ${table<LongFrame>(
          'Long frames, newest first',
          [
            { title: 'At', cell: ({ startTime }) => format.timeOfDay(clock.toEpoch(startTime)) },
            { title: 'Took', cell: ({ durationMs }) => format.duration(durationMs), numeric: true },
            { title: 'Kept input waiting', cell: ({ blockingMs }) => format.duration(blockingMs), numeric: true },
            { title: 'Script to blame', cell: ({ scripts }) => blame(scripts[0]) },
          ],
          frames.longFrames.slice(0, LISTED),
          'None since the overlay was opened, or this browser does not report them.',
        )}
      `;
    },
    dispose: () => chart.dispose(),
  };
}

function vitals(figures: WebVitalFigures | undefined): unknown {
  if (!figures) return nothing;
  return table<WebVital>(
    'Web vitals',
    [
      { title: 'Vital', cell: ({ name }) => name },
      {
        title: 'Value',
        cell: ({ name, value }) => (name === 'CLS' ? value.toFixed(3) : format.duration(value)),
        numeric: true,
      },
      {
        title: 'Rating',
        cell: ({ rating }) =>
          html`<span class="tag" data-tone=${RATING_TONES[rating]}>${rating.replace('-', ' ')}</span>`,
      },
      { title: 'Because of', cell: (vital) => html`<code>${causeOf(vital)}</code>` },
    ],
    figures.vitals,
    figures.supported.length === 0 ? 'This browser tells none.' : 'None yet: some come with the first input.',
  );
}

const RATING_TONES: Readonly<Record<WebVital['rating'], Tone>> = {
  good: 'good',
  'needs-improvement': 'warning',
  poor: 'bad',
};

function blame(script: LongFrameScript | undefined): unknown {
  if (!script) return html`<span class="quiet">not told</span>`;
  const { invoker, functionName, sourceUrl, durationMs } = script;
  const place = [functionName && `${functionName}()`, shortUrl(sourceUrl)].filter(Boolean).join(' in ');
  return html`<code>${invoker}</code> ${place} <span class="quiet">${format.duration(durationMs)}</span>`;
}

/** The end of a path, which is what tells scripts apart. */
const shortUrl = (url: string): string =>
  url
    .replace(/[?#].*$/, '')
    .split('/')
    .slice(-2)
    .join('/');
