import type { Bytes, EpochMs } from '../../core/units.js';
import { DETECTORS } from './detectors.js';
import type { LeakDetector, MakeDetector, Observation } from './leak-detector.js';
import { LeakLedger, type SeverityLimits } from './leak-ledger.js';
import type { MemoryLeak } from './memory-leak.js';

/** All detectors on one page, and what they found. */
export class LeakWatch {
  readonly #make: readonly MakeDetector[];
  readonly #leakThresholdBytes: Bytes;
  readonly #ledger = new LeakLedger();
  #detectors: readonly LeakDetector[] = [];

  constructor(leakThresholdBytes: Bytes, make: readonly MakeDetector[] = DETECTORS) {
    this.#leakThresholdBytes = leakThresholdBytes;
    this.#make = make;
  }

  get active(): readonly MemoryLeak[] {
    return this.#ledger.active;
  }

  get found(): number {
    return this.#ledger.found;
  }

  /** Forgets all that was seen. */
  begin(): void {
    this.#detectors = this.#make.map((make) => make(this.#leakThresholdBytes));
    this.#ledger.clear();
  }

  /** Shows every detector what there is. Answers with the leaks that are new, and those that have ended. */
  observe(observation: Observation, limits: SeverityLimits, now: EpochMs): MemoryLeak[] {
    return this.#detectors.flatMap((detector) =>
      this.#ledger.update(detector.kind, detector.observe(observation), limits, now),
    );
  }
}
