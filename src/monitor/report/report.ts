import type { PerformanceStats } from '../performance-stats.js';
import { SECTIONS } from './sections.js';

/** The state of the page in readable text, in lines of at most 100 characters or so: for a console, a log, a bug report. */
export function reportOf(stats: PerformanceStats): string {
  const title = `poise, ${new Date(stats.at).toISOString()}`;
  const sections = SECTIONS.flatMap(({ title: name, lines }) => {
    const told = lines(stats);
    return told ? [['', name, ...told.map((line) => `  ${line}`)].join('\n')] : [];
  });
  return [title, ...sections].join('\n');
}
