import type { LogsReading, MemoryReading, ResourcesReading, ThrottlingReading } from './readings.js';

/** What a part that has nothing to do is worth: all of it. */
const IDLE = 1;
/** Waiting is what a throttler is for, so requests that wait cost at most this much. */
const WAITING_WEIGHT = 0.5;
/** What a log in memory only is worth: it works, until the page is closed. */
const IN_MEMORY = 0.75;

const share = (part: number, whole: number): number => Math.min(1, Math.max(0, part / whole));

/** Hardly falls while there is room, and steeply when it runs out: 94 % at half, 59 % at four fifths, 0 when full. */
export function healthOfMemory({ usagePercent }: MemoryReading): number {
  return 1 - share(usagePercent, 100) ** 4;
}

/** Requests that were lost count wholly, those that had to wait by half. */
export function healthOfThrottling({ requested, throttled, lost }: ThrottlingReading): number {
  if (requested <= 0) return IDLE;
  return (1 - share(lost, requested)) * (1 - WAITING_WEIGHT * share(throttled, requested));
}

/** The clean-ups that succeeded, of all. */
export function healthOfResources({ cleaned, failed }: ResourcesReading): number {
  return cleaned + failed > 0 ? 1 - share(failed, cleaned + failed) : IDLE;
}

/** The entries that were kept, of all; a quarter less where they are in memory only. */
export function healthOfLogs({ added, lost, persistent }: LogsReading): number {
  const kept = added > 0 ? 1 - share(lost, added) : lost > 0 ? 0 : IDLE;
  return kept * (persistent ? 1 : IN_MEMORY);
}
