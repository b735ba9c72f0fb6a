import type { Endpoint } from './endpoint.js';

export const SortColumn = {
  PATH: 'path',
  COUNT: 'count',
  RATE: 'rate',
  BYTES: 'bytes',
  ERRORS: 'errors',
  LAST_SEEN: 'lastSeen',
} as const;
export type SortColumn = (typeof SortColumn)[keyof typeof SortColumn];

export interface Sorting {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export const isSortColumn = (text: string | undefined): text is SortColumn =>
  Object.values<string | undefined>(SortColumn).includes(text);

/** Paths read from A to Z, figures from the highest down. */
export const startsDescending = (column: SortColumn): boolean => column !== SortColumn.PATH;

/** A stable order at `now`: what looks equal in the table is ordered by count, then by path, so that rows keep still. */
export function sortEndpoints(endpoints: Iterable<Endpoint>, { column, descending }: Sorting, now: number): Endpoint[] {
  const direction = descending ? -1 : 1;
  const compare = comparisonOf(column, now);
  return [...endpoints].sort((a, b) => direction * compare(a, b) || b.count - a.count || comparePaths(a, b));
}

function comparisonOf(column: SortColumn, now: number): (a: Endpoint, b: Endpoint) => number {
  switch (column) {
    case 'path':
      return comparePaths;
    case 'count':
      return (a, b) => a.count - b.count;
    case 'rate':
      return (a, b) => Math.round(a.ratePerSecond(now)) - Math.round(b.ratePerSecond(now));
    case 'bytes':
      return (a, b) => a.bytes - b.bytes;
    case 'errors':
      return (a, b) => a.errors - b.errors;
    case 'lastSeen':
      return (a, b) => secondsAgo(b, now) - secondsAgo(a, now);
  }
}

const comparePaths = (a: Endpoint, b: Endpoint): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
const secondsAgo = (endpoint: Endpoint, now: number): number => Math.floor((now - endpoint.lastSeen) / 1_000);
