import { MAX_RATE_PER_SECOND, MIN_RATE_PER_SECOND } from '../../feed/traffic-entry.js';

const DECADES = Math.log10(MAX_RATE_PER_SECOND / MIN_RATE_PER_SECOND);

/** The slider's last position: as many steps as two figures can tell apart. */
export const LAST_POSITION = 60;

/** The rate at a slider's position, on a logarithmic scale, rounded to two figures. */
export function rateAt(position: number): number {
  const rate = MIN_RATE_PER_SECOND * 10 ** ((position / LAST_POSITION) * DECADES);
  return Math.min(MAX_RATE_PER_SECOND, Number(rate.toPrecision(2)));
}

/** The nearest position of a rate. */
export function positionOf(rate: number): number {
  return Math.round((LAST_POSITION * Math.log10(rate / MIN_RATE_PER_SECOND)) / DECADES);
}
