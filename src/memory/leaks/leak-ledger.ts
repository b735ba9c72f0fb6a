import { Severity, worstFirst } from '../../core/severity.js';
import type { Bytes, EpochMs } from '../../core/units.js';
import type { LeakFinding } from './leak-detector.js';
import type { LeakKind } from './leak-kind.js';
import type { MemoryLeak } from './memory-leak.js';

/** What makes a leak worse. */
export interface SeverityLimits {
  readonly leakThresholdBytes: Bytes;
  /** So many objects more weigh as much as `leakThresholdBytes`. */
  readonly gcThreshold: number;
  /** What may still be taken before the page is over its threshold; undefined where no heap figure is known. */
  readonly headroomBytes: Bytes | undefined;
}

/** Keeps the leaks there are, so that each is told once when it is found and once when it has ended. */
export class LeakLedger {
  readonly #leaks = new Map<string, MemoryLeak>();
  #found = 0;

  /** Those that go on, the worst first. */
  get active(): readonly MemoryLeak[] {
    return [...this.#leaks.values()].sort(worstFirst);
  }

  /** How many were found so far. */
  get found(): number {
    return this.#found;
  }

  /** Takes all that one detector holds for leaks now. Answers with those that are new and those that have ended. */
  update(kind: LeakKind, findings: readonly LeakFinding[], limits: SeverityLimits, now: EpochMs): MemoryLeak[] {
    const told: MemoryLeak[] = [];
    const ids = new Set<string>();
    for (const finding of findings) {
      const id = `${kind}: ${finding.key}`;
      const known = this.#leaks.get(id);
      const leak = toLeak(id, kind, finding, severityOf(finding, limits), known?.timestamp ?? now);
      ids.add(id);
      this.#leaks.set(id, leak);
      if (!known) told.push(leak);
    }
    this.#found += told.length;
    for (const leak of this.#leaks.values()) {
      if (leak.kind !== kind || ids.has(leak.id)) continue;
      this.#leaks.delete(leak.id);
      told.push({ ...leak, endedAt: now });
    }
    return told;
  }

  clear(): void {
    this.#leaks.clear();
  }
}

/**
 * 'warning' for any leak; 'error' once it took the threshold; 'critical' when it did and the page is over its memory
 * threshold, or will be within the hour.
 */
function severityOf(finding: LeakFinding, limits: SeverityLimits): Severity {
  const { leakThresholdBytes, gcThreshold, headroomBytes } = limits;
  const heavy =
    (finding.memoryIncreaseBytes ?? 0) >= leakThresholdBytes || (finding.objectIncrease ?? 0) >= gcThreshold;
  if (!heavy) return Severity.WARNING;
  const soon = headroomBytes !== undefined && (finding.bytesPerHour ?? 0) >= headroomBytes;
  return soon ? Severity.CRITICAL : Severity.ERROR;
}

function toLeak(id: string, kind: LeakKind, finding: LeakFinding, severity: Severity, timestamp: EpochMs): MemoryLeak {
  return {
    id,
    kind,
    componentId: finding.componentId,
    operation: finding.operation,
    memoryIncreaseBytes: finding.memoryIncreaseBytes,
    objectIncrease: finding.objectIncrease,
    durationMs: finding.durationMs,
    severity,
    confidence: finding.confidence,
    timestamp,
    endedAt: undefined,
    details: finding.details,
    recommendations: finding.recommendations,
  };
}
