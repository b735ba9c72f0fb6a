import { parseAccessLogLine } from '../../demo/feed/access-log.js';
import { TrafficGenerator } from '../../demo/feed/generator.js';
import type { TrafficEntry } from '../../demo/feed/traffic-entry.js';

export type Entry = TrafficEntry & { readonly body?: string };

/** Requests of the real access log, where the runner serves one; else generated ones of the same shape. */
export async function accessEntries(count: number): Promise<Entry[]> {
  const logged = await realEntries(count);
  const generator = new TrafficGenerator(2026);
  const entries: Entry[] = [];
  for (let n = 0; n < count; n++) {
    const source = logged.length > 0 ? logged[n % logged.length] : generator.next(1_700_000_000_000 + 5 * n);
    // The log's own times repeat when it is gone through again.
    if (source)
      entries.push({ ...source, time: source.time + Math.floor(n / Math.max(1, logged.length)) * 86_400_000 });
  }
  return entries;
}

async function realEntries(count: number): Promise<TrafficEntry[]> {
  const response = await fetch('/access-log.bin');
  if (!response.ok || !response.body || response.headers.get('content-type')?.includes('html')) return [];
  const text = await new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).text();
  return text
    .split('\n', count + 1_000)
    .flatMap((line) => parseAccessLogLine(line) ?? [])
    .slice(0, count);
}

/** The same with a body of 5 KB each, no two alike. */
export function withBodies(entries: readonly Entry[]): Entry[] {
  return entries.map((entry, n) => ({
    ...entry,
    body: `${n} ${entry.url} `.repeat(5_000).slice(n % 97, 5_000 + (n % 97)),
  }));
}
