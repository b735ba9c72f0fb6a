import type { Clock } from '../../core/clock.js';
import { disposeSymbol } from '../../core/disposer.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import { LogRotator } from '../../logs/index.js';
import type { LogsReading } from '../score/readings.js';
import { CounterWindow } from './counter-window.js';
import { OnDemand } from './on-demand.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** Whether there is a disk to write to shows with the first entry. */
const UNUSED: LogsReading = Object.freeze({ added: 0, lost: 0, persistent: true });

/** The log on disk. */
export class LogsPart implements MonitorPart<LogsReading> {
  readonly #log: OnDemand<LogRotator>;
  readonly #clock: Clock;
  readonly #window: CounterWindow<'added' | 'lost'>;

  constructor(context: PartContext) {
    const { settings, ownClock: clock, environment, traffic, given } = context;
    const { logName: name, rotationPolicy: policy, maxLogFiles: maxFiles } = settings;
    this.#clock = clock;
    this.#window = new CounterWindow(settings.checkIntervalMs);
    this.#log = new OnDemand(given.logRotator, () => {
      this.#window.record({ added: 0, lost: 0 }, this.#clock.now());
      return new LogRotator({ name, policy, maxFiles }, { clock, environment, traffic });
    });
    // One of the app's has a past: rates are measured from here on.
    if (this.#log.made) this.read();
  }

  get log(): LogRotator {
    return this.#log.get();
  }

  start(): void {
    this.#log.start();
  }

  stop(): void {
    this.#log.stop();
  }

  read(): LogsReading {
    const log = this.#log.made;
    if (!log) return UNUSED;
    const { added, dropped, damaged, persistent } = log.stats;
    const grown = this.#window.record({ added, lost: dropped + damaged }, this.#clock.now());
    return { added: grown('added'), lost: grown('lost'), persistent };
  }

  async relieve(level: PressureLevel): Promise<OptimizationAction | undefined> {
    const { items } = (await this.#log.made?.releaseMemory(level)) ?? { items: 0 };
    return items > 0 ? { part: 'logs', what: `wrote ${items} entries that waited in memory`, items } : undefined;
  }

  [disposeSymbol](): void {
    this.#log[disposeSymbol]();
  }
}
