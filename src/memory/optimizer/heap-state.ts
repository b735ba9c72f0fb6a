import type { HeapReading } from '../../core/heap-reading.js';
import { PressureLevel } from '../../core/pressure-level.js';
import type { Bytes } from '../../core/units.js';

/** A page this close to what the browser allows is about to end. */
const CRITICAL_SHARE_OF_LIMIT = 0.9;
const FAIR_SHARE = 0.8;
const CRITICAL_SHARE = 1.25;

/** The newest, first and highest of a series of readings. */
export class HeapState {
  #first: HeapReading | undefined;
  #last: HeapReading | undefined;
  #peakBytes: Bytes | undefined;

  get last(): HeapReading | undefined {
    return this.#last;
  }

  get peakBytes(): Bytes | undefined {
    return this.#peakBytes;
  }

  /** Since the first reading. */
  get growthBytes(): Bytes | undefined {
    return this.#first && this.#last && this.#last.usedBytes - this.#first.usedBytes;
  }

  add(reading: HeapReading): void {
    this.#first ??= reading;
    this.#last = reading;
    this.#peakBytes = Math.max(this.#peakBytes ?? 0, reading.usedBytes);
  }

  /** How scarce memory is, by the app's own threshold and by what the browser allows. */
  level(thresholdBytes: Bytes): PressureLevel | undefined {
    if (!this.#last) return undefined;
    const { usedBytes, limitBytes } = this.#last;
    const share = usedBytes / thresholdBytes;
    const nearLimit = limitBytes !== undefined && usedBytes > limitBytes * CRITICAL_SHARE_OF_LIMIT;
    if (nearLimit || share >= CRITICAL_SHARE) return PressureLevel.CRITICAL;
    if (share >= 1) return PressureLevel.SERIOUS;
    return share >= FAIR_SHARE ? PressureLevel.FAIR : PressureLevel.NOMINAL;
  }
}
