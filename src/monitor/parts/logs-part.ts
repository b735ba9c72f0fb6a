import type { Clock } from '../../core/clock.js';
import { disposeSymbol } from '../../core/disposer.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import { LogRotator } from '../../logs/index.js';
import type { LogsReading } from '../score/readings.js';
import { CounterWindow } from './counter-window.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** The log on disk. */
export class LogsPart implements MonitorPart<LogsReading> {
  readonly log: LogRotator;
  readonly #isOwn: boolean;
  readonly #clock: Clock;
  readonly #window: CounterWindow<'added' | 'lost'>;

  constructor(context: PartContext) {
    const { settings, ownClock: clock, environment, traffic, given } = context;
    const { logName: name, rotationPolicy: policy, maxLogFiles: maxFiles } = settings;
    this.#clock = clock;
    this.#isOwn = given.logRotator === undefined;
    this.log = given.logRotator ?? new LogRotator({ name, policy, maxFiles }, { clock, environment, traffic });
    this.#window = new CounterWindow(settings.checkIntervalMs);
  }

  start(): void {
    if (this.#isOwn) this.log.start();
  }

  stop(): void {
    if (this.#isOwn) this.log.stop();
  }

  read(): LogsReading {
    const { added, dropped, damaged, persistent } = this.log.stats;
    const grown = this.#window.record({ added, lost: dropped + damaged }, this.#clock.now());
    return { added: grown('added'), lost: grown('lost'), persistent };
  }

  async relieve(level: PressureLevel): Promise<OptimizationAction | undefined> {
    const { items } = await this.log.releaseMemory(level);
    return items > 0 ? { part: 'logs', what: `wrote ${items} entries that waited in memory`, items } : undefined;
  }

  [disposeSymbol](): void {
    if (this.#isOwn) this.log[disposeSymbol]();
  }
}
