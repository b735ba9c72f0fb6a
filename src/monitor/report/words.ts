import { BYTES_PER_MB, type Bytes, type Milliseconds } from '../../core/units.js';

/** What is said of a figure that is not known. */
const UNKNOWN = 'not known';

const known = <Value>(value: Value | undefined, say: (value: Value) => string): string =>
  value === undefined ? UNKNOWN : say(value);

/** 12,345 */
export const count = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 0 });
/** 12.3 % */
export const percent = (value: number | undefined): string => known(value, (v) => `${v.toFixed(1)} %`);
/** 12.3 ms, 4.5 s */
export const time = (value: Milliseconds | undefined): string =>
  known(value, (ms) => (ms < 1_000 ? `${ms.toFixed(1)} ms` : `${(ms / 1_000).toFixed(1)} s`));
/** 12.3 MB */
export const megabytes = (value: Bytes | undefined): string =>
  known(value, (bytes) => `${(bytes / BYTES_PER_MB).toFixed(1)} MB`);
/** 59.9 */
export const rate = (value: number | undefined): string => known(value, (v) => v.toFixed(1));
