import { healthOfLogs, healthOfMemory, healthOfResources, healthOfThrottling } from './health.js';
import { type Readings, ScoredPart } from './readings.js';

/** What one part gives to the score. */
export interface PartScore {
  readonly part: ScoredPart;
  /** 0 to 1. */
  readonly health: number;
  readonly points: number;
  /** What it could give: its own points, and its portion of those of parts that are switched off. */
  readonly maxPoints: number;
}

/** How well the page is, and what that is made of (seed 004: Overall Performance Score). */
export interface Score {
  /** 0 to 100; 100 when every part is switched off. */
  readonly score: number;
  readonly parts: readonly PartScore[];
}

/** Points by part (seed 004: Overall Performance Score). */
const PART_POINTS: Readonly<Record<ScoredPart, number>> = Object.freeze({
  memory: 30,
  throttling: 25,
  resources: 25,
  logs: 20,
});

/** The score of the readings. The points of parts without a reading go to the others, in proportion to their own. */
export function scoreOf(readings: Readings): Score {
  const healths = {
    memory: readings.memory && healthOfMemory(readings.memory),
    throttling: readings.throttling && healthOfThrottling(readings.throttling),
    resources: readings.resources && healthOfResources(readings.resources),
    logs: readings.logs && healthOfLogs(readings.logs),
  };
  const known = Object.values(ScoredPart).flatMap((part) => {
    const health = healths[part];
    return health === undefined ? [] : [{ part, health }];
  });
  const available = known.reduce((sum, { part }) => sum + PART_POINTS[part], 0);
  const parts = known.map(({ part, health }): PartScore => {
    const maxPoints = (100 * PART_POINTS[part]) / available;
    return { part, health, points: health * maxPoints, maxPoints };
  });
  const score = parts.length === 0 ? 100 : parts.reduce((sum, { points }) => sum + points, 0);
  return { score: Math.min(100, Math.max(0, score)), parts };
}
