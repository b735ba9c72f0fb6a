import { BYTES_PER_MB, type Bytes, type Milliseconds } from '../../core/units.js';

const MINUTE_MS: Milliseconds = 60_000;

/** '3.2 MB' or '140 KB'. */
export function sizeText(bytes: Bytes): string {
  return bytes >= BYTES_PER_MB ? `${(bytes / BYTES_PER_MB).toFixed(1)} MB` : `${Math.round(bytes / 1_024)} KB`;
}

/** '4 minutes' or '90 seconds'. */
export function durationText(durationMs: Milliseconds): string {
  return durationMs >= 2 * MINUTE_MS
    ? `${Math.round(durationMs / MINUTE_MS)} minutes`
    : `${Math.round(durationMs / 1_000)} seconds`;
}

/** A growth for each millisecond as one for each minute. */
export const perMinute = (rate: number): number => rate * MINUTE_MS;
