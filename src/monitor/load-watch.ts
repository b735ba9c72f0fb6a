import type { Clock } from '../core/clock.js';
import type { Alert } from './alerts/alert.js';
import { AlertBook } from './alerts/alert-book.js';
import { ALERT_RULES } from './alerts/alert-rules.js';
import { type LoadFigures, loadOf, type OptimizationRecord } from './optimize/optimization-record.js';
import { Optimizer } from './optimize/optimizer.js';
import { eachPart, type Parts, readParts } from './parts/parts.js';
import type { PerformanceSettings } from './performance-config.js';
import { type Score, scoreOf } from './score/score.js';
import type { SelfCost } from './self-cost.js';
import type { PageFigures } from './signals/page-figures.js';

interface WatchContext {
  readonly settings: PerformanceSettings;
  readonly clock: Clock;
  readonly cost: SelfCost;
  readonly parts: () => Parts;
  readonly page: () => PageFigures;
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
  #score: Score = scoreOf({});
  #load: LoadFigures = loadOf(100, {});

  constructor(context: WatchContext) {
    const { settings, clock, parts, onError } = context;
    const limits = { ...settings.alertThresholds, selfBudgetPercent: settings.selfBudgetPercent };
    this.#context = context;
    this.#alerts = new AlertBook(ALERT_RULES, limits, settings.alertQuietMs);
    this.#optimizer = new Optimizer({ clock, parts: () => eachPart(parts()), onError });
  }

  /** The score as of the last look. */
  get score(): Score {
    return this.#score;
  }

  get alerts(): readonly Alert[] {
    return this.#alerts.active;
  }

  get optimizations(): readonly OptimizationRecord[] {
    return this.#optimizer.records;
  }

  /** Looks once. */
  look(): void {
    const { settings, clock, cost, parts, page, onAlert, onOptimization } = this.#context;
    const all = parts();
    const readings = readParts(all);
    this.#score = scoreOf(readings);
    this.#load = loadOf(this.#score.score, readings);
    const leaks = all.leaks?.read() ?? [];
    const told = settings.performanceAlerts
      ? this.#alerts.check(
          {
            readings,
            score: this.#score.score,
            selfPercent: cost.mainThreadPercent,
            leaks: leaks.length,
            worstLeak: leaks[0]?.details,
          },
          clock.wallNow(),
        )
      : [];
    const strained = page().pressure?.cpu === 'critical';
    for (const record of this.#optimizer.settle(this.#load, this.alerts, strained)) onOptimization(record);
    for (const alert of told) onAlert(alert);
    if (!settings.autoOptimize) return;
    void this.#optimizer.react(told, this.#load, strained)?.then(onOptimization);
  }

  /** Has every part act now, whatever the load. Does not reject. */
  async optimize(): Promise<OptimizationRecord> {
    const record = await this.#optimizer.run('forced', this.#load);
    this.#context.onOptimization(record);
    return record;
  }

  /** Forgets the alerts that stand. */
  reset(): void {
    this.#alerts.reset();
  }
}
