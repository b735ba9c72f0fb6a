const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export const formatCount = (count: number): string => whole.format(count);

/** A rate a second: one decimal below 10, so that quiet endpoints can be told apart. */
export const formatRate = (perSecond: number): string =>
  perSecond < 9.95 ? oneDigit.format(perSecond) : whole.format(perSecond);

/** Decimal units, three figures. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined) return '–';
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1_000;
    unit++;
  }
  const digits = unit > 0 && value < 99.95 ? oneDigit.format(value) : whole.format(value);
  return `${digits} ${BYTE_UNITS[unit]}`;
}

/** How long ago, coarse enough not to flicker. */
export function formatAge(ms: number): string {
  if (ms < 1_000) return 'now';
  if (ms < 60_000) return `${Math.floor(ms / 1_000)} s`;
  return ms < 3_600_000 ? `${Math.floor(ms / 60_000)} min` : `${Math.floor(ms / 3_600_000)} h`;
}

/** A duration that may lie anywhere from under a millisecond to minutes; `unit` stands apart for the type size. */
export function formatDuration(ms: number): { readonly value: string; readonly unit: string } {
  return ms < 10_000 ? { value: whole.format(ms), unit: 'ms' } : { value: oneDigit.format(ms / 1_000), unit: 's' };
}

/** The clock time that the log tells, in UTC as the server's own day does not matter here. */
export function formatTime(epochMs: number): string {
  const seconds = Math.floor(epochMs / 1_000) % 86_400;
  return [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
}

/** Date and time in full, UTC. */
export const formatDateTime = (epochMs: number): string =>
  `${new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** What a status means for the eye: the style sheets colour by it. */
export function statusTone(status: number): 'ok' | 'moved' | 'client' | 'server' {
  if (status >= 500) return 'server';
  if (status >= 400) return 'client';
  return status >= 300 ? 'moved' : 'ok';
}
