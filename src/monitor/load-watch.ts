import type { Clock } from '../core/clock.js';
import type { PressureLevel } from '../core/pressure-level.js';
import type { Alert } from './alerts/alert.js';
import { AlertBook } from './alerts/alert-book.js';
import { ALERT_RULES } from './alerts/alert-rules.js';
import { type LoadFigures, loadOf, type OptimizationRecord } from './optimize/optimization-record.js';
import { Optimizer } from './optimize/optimizer.js';
import { eachPart, type Parts, readParts } from './parts/parts.js';
import type { PerformanceSettings } from './performance-config.js';
import { areAlike, type Readings } from './score/readings.js';
import { type Score, scoreOf } from './score/score.js';
import type { SelfCost } from './self-cost.js';

interface WatchContext {
  readonly settings: PerformanceSettings;
  readonly clock: Clock;
  readonly cost: SelfCost;
  readonly parts: () => Parts;
  /** How hard the machine's processor works, as far as the browser tells. */
  readonly cpuPressure: () => PressureLevel | undefined;
  readonly onAlert: (alert: Alert) => void;
  /** Each time that something was done about the load, and again when it is known whether it helped. */
  readonly onOptimization: (record: OptimizationRecord) => void;
  readonly onError: (cause: unknown) => void;
}

/** Looks at the load: scores it, raises and clears alerts, and has the parts act when it is high. */
export class LoadWatch {
  readonly #context: WatchContext;
  readonly #alerts: AlertBook;
  readonly #optimizer: Optimizer;
  /** What the last look saw, where all was well: as long as nothing changes there is nothing to do. */
  #restingAt: Readings | undefined;
  #score: Score | undefined;
  #load: LoadFigures | undefined;

  constructor(context: WatchContext) {
    const { settings, clock, parts, onError } = context;
    const limits = { ...settings.alertThresholds, selfBudgetPercent: settings.selfBudgetPercent };
    this.#context = context;
    this.#alerts = new AlertBook(ALERT_RULES, limits, settings.alertQuietMs);
    this.#optimizer = new Optimizer({ clock, parts: () => eachPart(parts()), onError });
  }

  /** The score as of the last look; before the first, as it is. */
  get score(): Score {
    return this.#score ?? scoreOf(this.#read());
  }

  get alerts(): readonly Alert[] {
    return this.#alerts.active;
  }

  get optimizations(): readonly OptimizationRecord[] {
    return this.#optimizer.records;
  }

  /** Looks once. */
  look(): void {
    const { settings, clock, cost, parts, cpuPressure, onAlert, onOptimization } = this.#context;
    const readings = this.#read();
    const leaks = parts().leaks?.read() ?? [];
    const strained = cpuPressure() === 'critical';
    const { mainThreadPercent: selfPercent } = cost;
    const isWell = leaks.length === 0 && !strained && (selfPercent ?? 0) <= settings.selfBudgetPercent;
    if (isWell && this.#optimizer.atRest && this.#restingAt && areAlike(readings, this.#restingAt)) return;
    const score = scoreOf(readings);
    const load = loadOf(score.score, readings);
    this.#score = score;
    this.#load = load;
    const told = settings.performanceAlerts
      ? this.#alerts.check(
          {
            readings,
            score: score.score,
            selfPercent,
            leaks: leaks.map(({ details }) => details),
          },
          clock.wallNow(),
        )
      : [];
    for (const record of this.#optimizer.settle(load, this.alerts, strained)) onOptimization(record);
    for (const alert of told) onAlert(alert);
    if (settings.autoOptimize) void this.#optimizer.react(told, load, strained)?.then(onOptimization);
    this.#restingAt = isWell && this.#alerts.atRest ? readings : undefined;
  }

  /** Has every part act now, whatever the load. Does not reject. */
  async optimize(): Promise<OptimizationRecord> {
    const load = this.#load ?? loadOf(this.score.score, this.#read());
    const record = await this.#optimizer.run('forced', load);
    this.#context.onOptimization(record);
    return record;
  }

  /** Forgets the alerts that stand. */
  reset(): void {
    this.#alerts.reset();
    this.#restingAt = undefined;
  }

  #read(): Readings {
    return readParts(this.#context.parts());
  }
}
