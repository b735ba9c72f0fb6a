import { PressureLevel } from '../../core/pressure-level.js';

/** What one level of pressure means. */
interface PressureRow {
  readonly level: PressureLevel;
  /** It begins where this share of the limit is in use. */
  readonly from: number;
  /** This share of the entries, or of their bytes, goes at a clean-up: whichever is reached first. */
  readonly gives: number;
}

/** When memory is scarce, and how much goes then. */
const TABLE: readonly PressureRow[] = Object.freeze([
  { level: PressureLevel.CRITICAL, from: 0.95, gives: 0.5 },
  { level: PressureLevel.SERIOUS, from: 0.85, gives: 0.25 },
  { level: PressureLevel.FAIR, from: 0.7, gives: 0.1 },
  { level: PressureLevel.NOMINAL, from: 0, gives: 0 },
]);

const rankOf = (level: PressureLevel): number => TABLE.findIndex((row) => row.level === level);

/** The level at a share of the limit (0 to 1, or more). */
export const levelAt = (share: number): PressureLevel =>
  TABLE.find(({ from }) => share >= from)?.level ?? PressureLevel.NOMINAL;

/** The share of what is kept that goes at a clean-up at this level. */
export const shareGivenAt = (level: PressureLevel): number => TABLE[rankOf(level)]?.gives ?? 0;

export const isHigher = (level: PressureLevel, than: PressureLevel): boolean => rankOf(level) < rankOf(than);

export const higherOf = (one: PressureLevel, other: PressureLevel): PressureLevel =>
  isHigher(one, other) ? one : other;
