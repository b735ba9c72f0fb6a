import type { HeapReading } from '../../core/heap-reading.js';
import { PressureLevel } from '../../core/pressure-level.js';
import { isHigher, levelAt } from './pressure-table.js';

/** A level ends only this share of the limit below where it began, so that readings around it are not a clean-up each. */
const HYSTERESIS = 0.05;

/** How scarce memory is by the heap readings. Readings without a limit are shown, and say nothing about that. */
export class HeapPressure {
  #reading: HeapReading | undefined;
  #judged: HeapReading | undefined;
  #level: PressureLevel = PressureLevel.NOMINAL;

  /** The newest reading. */
  get reading(): HeapReading | undefined {
    return this.#reading;
  }

  get level(): PressureLevel {
    return this.#level;
  }

  /** Takes a reading. @returns whether the level rose */
  take(reading: HeapReading): boolean {
    const { source, usedBytes, limitBytes } = reading;
    if (!(Number.isFinite(usedBytes) && usedBytes >= 0)) return false;
    this.#reading = reading;
    if (limitBytes === undefined || !(limitBytes > 0)) return false;
    // Another source's figures are another scale.
    if (this.#judged?.source !== source) this.#level = PressureLevel.NOMINAL;
    this.#judged = reading;
    const before = this.#level;
    const share = usedBytes / limitBytes;
    const risen = levelAt(share);
    const fallen = levelAt(share + HYSTERESIS);
    if (isHigher(risen, before)) this.#level = risen;
    else if (isHigher(before, fallen)) this.#level = fallen;
    return isHigher(this.#level, before);
  }

  /** Forgets what was read: nobody reads any more. */
  reset(): void {
    this.#reading = undefined;
    this.#judged = undefined;
    this.#level = PressureLevel.NOMINAL;
  }
}
