import type { Clock } from '../../core/clock.js';
import { PressureLevel } from '../../core/pressure-level.js';
import type { Alert, AlertType } from '../alerts/alert.js';
import type { MonitorPart, OptimizationAction } from '../parts/part.js';
import { OptimizationLog } from './optimization-log.js';
import type { LoadFigures, OptimizationRecord, OptimizationTrigger } from './optimization-record.js';

/** What alerts set off; the others are for people. */
const TRIGGERS: { readonly [Type in AlertType]?: OptimizationTrigger } = {
  memory: 'memory',
  throttle: 'throttle',
  cleanup: 'cleanup',
  score: 'score',
};

/** How hard to act, by the worst figure of the load. */
function levelOf({ score, memoryUsagePercent = 0 }: LoadFigures): PressureLevel {
  if (memoryUsagePercent >= 95 || score < 30) return PressureLevel.CRITICAL;
  if (memoryUsagePercent >= 80 || score < 60) return PressureLevel.SERIOUS;
  return PressureLevel.FAIR;
}

interface OptimizerContext {
  readonly clock: Clock;
  readonly parts: () => readonly MonitorPart<unknown>[];
  /** Takes what a part threw. */
  readonly onError: (cause: unknown) => void;
}

/** Acts on the parts when the load is high, and keeps the record of what that brought. */
export class Optimizer {
  readonly #context: OptimizerContext;
  readonly #log = new OptimizationLog();
  /** Whether something may be held back. */
  #relieved = false;

  constructor(context: OptimizerContext) {
    this.#context = context;
  }

  get records(): readonly OptimizationRecord[] {
    return this.#log.records;
  }

  /** Whether nothing is held back, and all that was done has been judged. */
  get atRest(): boolean {
    return !this.#relieved && this.#log.isSettled;
  }

  /** Asks every part to bring the load down. Does not reject. */
  async run(
    trigger: OptimizationTrigger,
    before: LoadFigures,
    level: PressureLevel = levelOf(before),
  ): Promise<OptimizationRecord> {
    const at = this.#context.clock.wallNow();
    this.#relieved = true;
    const done = await Promise.all(this.#context.parts().map((part) => this.#relieve(part, level)));
    const actions = done.filter((action) => action !== undefined);
    const record = { at, trigger, level, actions, before, after: undefined, helped: undefined };
    this.#log.add(record);
    return record;
  }

  /** What alerts that were just raised call for, or a machine under strain: one run, by the first that calls for any. */
  react(alerts: readonly Alert[], load: LoadFigures, strained: boolean): Promise<OptimizationRecord> | undefined {
    for (const { type, state } of alerts) {
      const trigger = state === 'raised' ? TRIGGERS[type] : undefined;
      if (trigger) return this.run(trigger, load);
    }
    return strained && !this.#relieved ? this.run('pressure', load, PressureLevel.SERIOUS) : undefined;
  }

  /** Judges what was done by the load as it is now; lets go of what is held back once nothing calls for it. */
  settle(load: LoadFigures, standing: readonly Alert[], strained: boolean): readonly OptimizationRecord[] {
    if (this.#relieved && !strained && !standing.some(({ type }) => TRIGGERS[type])) {
      this.#relieved = false;
      for (const part of this.#context.parts()) part.recover?.();
    }
    return this.#log.settle(load);
  }

  async #relieve(part: MonitorPart<unknown>, level: PressureLevel): Promise<OptimizationAction | undefined> {
    try {
      return await part.relieve(level);
    } catch (cause) {
      this.#context.onError(cause);
      return undefined;
    }
  }
}
