import type { WebVital } from '../../collect/index.js';
import type { PerformanceStats } from '../performance-stats.js';
import { count, megabytes, percent, rate, time } from './words.js';

/** One part of a report; `undefined` where there is nothing to say. */
interface Section {
  readonly title: string;
  readonly lines: (stats: PerformanceStats) => readonly string[] | undefined;
}

/** Leaks that are named, the worst first. */
const MOST_LEAKS = 5;

const vitalLine = ({ name, value, rating }: WebVital): string =>
  `${name} ${name === 'CLS' ? value.toFixed(3) : time(value)}, ${rating.replace('-', ' ')}`;

/** The report's parts, in their order. A new one is one more of these. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'Score',
    lines: ({ performanceScore, score }) => [
      `${performanceScore.toFixed(0)} of 100`,
      ...score.parts.map(({ part, points, maxPoints }) => `${part}: ${points.toFixed(1)} of ${maxPoints.toFixed(1)}`),
    ],
  },
  {
    title: 'Alerts',
    lines: ({ alerts }) =>
      alerts.length === 0
        ? ['none stands']
        : alerts.flatMap(({ severity, message, recommendation }) => [`${severity}: ${message}`, `  ${recommendation}`]),
  },
  {
    title: 'Page',
    lines: ({ page }) => {
      const { frames, longFrames, webVitals, heap, pressure, errors } = page;
      const lines: string[] = [];
      if (frames)
        lines.push(`${rate(frames.framesPerSecond)} frames a second, ${percent(frames.droppedPercent)} dropped`);
      if (longFrames && longFrames.source !== 'unsupported') {
        lines.push(`${count(longFrames.count)} long frames, ${time(longFrames.totalMs)} in all`);
        const script = longFrames.recent.at(-1)?.scripts[0];
        if (script)
          lines.push(`  the last: ${script.invoker} in ${script.sourceUrl || 'no file'}, ${time(script.durationMs)}`);
      }
      for (const vital of webVitals?.vitals ?? []) lines.push(vitalLine(vital));
      if (heap?.latest) lines.push(`heap ${megabytes(heap.latest.usedBytes)} (${heap.latest.source})`);
      if (pressure?.cpu) lines.push(`processor pressure: ${pressure.cpu}`);
      if (errors && errors.count > 0)
        lines.push(`${count(errors.count)} uncaught errors, the last: ${errors.recent.at(-1)?.message ?? ''}`);
      return lines.length > 0 ? lines : undefined;
    },
  },
  {
    title: 'Memory',
    lines: ({ memory, leaks }) =>
      memory && [
        `${count(memory.entries)} of ${count(memory.maxEntries)} entries, ${megabytes(memory.bytes)} of ${megabytes(memory.maxBytes)}`,
        `${count(memory.truncatedBodies)} bodies cut, ${count(memory.cleanups)} clean-ups freed ${count(memory.freedEntries)} entries`,
        ...(leaks
          ? [
              `${count(leaks.activeLeaks)} leaks go on, ${count(leaks.leaksFound)} found so far`,
              ...leaks.leaks.slice(0, MOST_LEAKS).map(({ details }) => `  ${details}`),
            ]
          : []),
      ],
  },
  {
    title: 'Updates',
    lines: ({ throttling }) =>
      throttling && [
        `${count(throttling.requested)} requested, ${count(throttling.executed)} run, ${count(throttling.coalesced)} replaced by newer ones`,
        `${count(throttling.throttled)} had to wait, ${count(throttling.refused)} refused, ${count(throttling.failed)} failed`,
        `${rate(throttling.currentRate)} a second now, ${rate(throttling.averageRate)} on average, ${count(throttling.burstEvents)} bursts`,
      ],
  },
  {
    title: 'Logs',
    lines: ({ logs }) =>
      logs && [
        `${count(logs.entries)} entries in ${count(logs.segments)} segments, ${megabytes(logs.bytesStored)} stored of ${megabytes(logs.bytesRaw)}`,
        `${count(logs.rotatedFiles)} segments sealed, ${count(logs.cleanups)} clean-ups, ${count(logs.dropped)} entries dropped, ${count(logs.damaged)} damaged`,
        ...(logs.persistent ? [] : ['in memory only']),
      ],
  },
  {
    title: 'Resources',
    lines: ({ resources }) =>
      resources && [
        `${count(resources.active)} active, ${count(resources.cleaned)} ended, ${count(resources.failed)} clean-ups failed`,
        `${megabytes(resources.bytesHeld)} held, ${megabytes(resources.bytesFreed)} freed`,
      ],
  },
  {
    title: 'Operations',
    lines: ({ operations }) =>
      operations && [
        `${count(operations.measured)} measured, ${count(operations.failed)} failed, ${count(operations.components)} components`,
      ],
  },
  {
    title: 'Network',
    lines: ({ page: { network } }) =>
      network && [
        `${count(network.requests)} requests, ${count(network.failed)} failed, ${count(network.aborted)} given up`,
        `${megabytes(network.sentBytes)} sent, ${megabytes(network.receivedBytes)} received`,
      ],
  },
  {
    title: 'What was done',
    lines: ({ optimizations }) => {
      const lines = optimizations.slice(-5).map(({ at, trigger, actions, helped }) => {
        const what = actions.map((action) => `${action.part}: ${action.what}`).join('; ') || 'nothing was to be done';
        const outcome = helped === undefined ? 'not judged yet' : helped ? 'it helped' : 'it did not help';
        return `${new Date(at).toISOString()} (${trigger}) ${what}; ${outcome}`;
      });
      return lines.length > 0 ? lines : undefined;
    },
  },
  {
    title: 'poise itself',
    lines: ({ self }) => [
      `${time(self.mainThreadMs)} of the main thread in all, ${percent(self.mainThreadPercent)} of it lately`,
      ...(self.slowdown > 1 ? [`looks and samples ${self.slowdown} times less often, to keep its budget`] : []),
    ],
  },
];
