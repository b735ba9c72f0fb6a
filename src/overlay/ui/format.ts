import type { Bytes, EpochMs, Milliseconds } from '../../core/units.js';

/** Shown where a figure is not known; never a made-up 0. */
export const ABSENT = '–';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB'] as const;

const known = <T>(value: T | undefined, format: (value: T) => string): string =>
  value === undefined || Number.isNaN(value) ? ABSENT : format(value);

export const count = (value: number | undefined): string => known(value, (v) => whole.format(v));

/** A count with its noun: '1 error', '1,200 errors'. */
export const plural = (value: number, noun: string, many = `${noun}s`): string =>
  `${count(value)} ${value === 1 ? noun : many}`;

/** One digit after the point below 10. */
export const rate = (value: number | undefined): string =>
  known(value, (v) => {
    if (v > 0 && v < 0.05) return '< 0.1';
    return v > 0 && v < 9.95 ? v.toFixed(1) : whole.format(v);
  });

export const percent = (value: number | undefined): string => known(value, (v) => `${rate(v)} %`);

export const duration = (value: Milliseconds | undefined): string =>
  known(value, (ms) => {
    if (ms < 10) return `${ms.toFixed(ms < 1 ? 2 : 1)} ms`;
    if (ms < 1_000) return `${whole.format(ms)} ms`;
    return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${whole.format(ms / 60_000)} min`;
  });

/** Decimal units, three figures. */
export const bytes = (value: Bytes | undefined): string =>
  known(value, (size) => {
    let scaled = size;
    let unit = 0;
    while (scaled >= 999.5 && unit < BYTE_UNITS.length - 1) {
      scaled /= 1_000;
      unit++;
    }
    return `${unit > 0 && scaled < 99.95 ? scaled.toFixed(1) : whole.format(scaled)} ${BYTE_UNITS[unit]}`;
  });

/** The local time of day. */
export const timeOfDay = (at: EpochMs): string => new Date(at).toLocaleTimeString('en-GB');
