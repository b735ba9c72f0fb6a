/** The parts that the score is made of. */
export const ScoredPart = {
  MEMORY: 'memory',
  THROTTLING: 'throttling',
  RESOURCES: 'resources',
  LOGS: 'logs',
} as const;
export type ScoredPart = (typeof ScoredPart)[keyof typeof ScoredPart];

/** How full memory is. */
export interface MemoryReading {
  /** Of the budget for entries or of the heap's limit, whichever is nearer; may pass 100 for the heap. */
  readonly usagePercent: number;
}

/** What became of update requests, lately. */
export interface ThrottlingReading {
  readonly requested: number;
  /** Had to wait. */
  readonly throttled: number;
  /** Refused, or failed as they ran. */
  readonly lost: number;
}

/** What became of clean-ups, lately. */
export interface ResourcesReading {
  readonly cleaned: number;
  readonly failed: number;
}

/** What became of log entries, lately. */
export interface LogsReading {
  readonly added: number;
  /** Dropped or damaged. */
  readonly lost: number;
  /** Whether entries are on disk. */
  readonly persistent: boolean;
}

/** One reading a part; a part that is switched off has none. */
export interface Readings {
  readonly memory?: MemoryReading | undefined;
  readonly throttling?: ThrottlingReading | undefined;
  readonly resources?: ResourcesReading | undefined;
  readonly logs?: LogsReading | undefined;
}

/** Less than this is the breathing of a heap; counts differ by more. */
const LEAST_DIFFERENCE = 0.1;

/** Whether two readings lead to the same score and alerts. */
export function areAlike(one: Readings, other: Readings): boolean {
  return Object.values(ScoredPart).every((part) => {
    const [a, b] = [one[part], other[part]];
    if (a === b) return true;
    if (a === undefined || b === undefined) return false;
    return Object.entries(a).every(
      ([name, figure]) => Math.abs(Number(figure) - Number(Reflect.get(b, name))) < LEAST_DIFFERENCE,
    );
  });
}

/** A share in percent; `undefined` of nothing. */
export const percentOf = (share: number, whole: number): number | undefined =>
  whole > 0 ? (100 * share) / whole : undefined;
