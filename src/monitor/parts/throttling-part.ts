import { disposeSymbol } from '../../core/disposer.js';
import { PressureLevel } from '../../core/pressure-level.js';
import { UpdateThrottler } from '../../throttle/index.js';
import { CounterWindow } from '../counter-window.js';
import { WINDOW_LOOKS } from '../look-window.js';
import type { ThrottlingReading } from '../score/readings.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** What is left of the rate, by how high the load is. */
const SLOWED: Readonly<Record<PressureLevel, number>> = { nominal: 1, fair: 0.75, serious: 0.5, critical: 0.25 };
/** Fewer refreshes a second than this no user takes for a live page. */
const SLOWEST_PER_SECOND = 4;

/** The throttler, which is slowed while the load is high. */
export class ThrottlingPart implements MonitorPart<ThrottlingReading> {
  readonly throttler: UpdateThrottler;
  readonly #context: PartContext;
  readonly #window: CounterWindow<'requested' | 'throttled' | 'lost'>;

  constructor(context: PartContext) {
    const { settings, clock, environment } = context;
    this.#context = context;
    this.throttler = new UpdateThrottler(
      { mode: settings.throttleMode, maxUpdatesPerSecond: settings.maxUpdatesPerSecond },
      { clock, environment },
    );
    this.#window = new CounterWindow(settings.checkIntervalMs * WINDOW_LOOKS);
  }

  start(): void {
    this.throttler.start();
  }

  stop(): void {
    this.throttler.stop();
  }

  read(): ThrottlingReading {
    const { requested, throttled, refused, failed } = this.throttler.stats;
    const grown = this.#window.record({ requested, throttled, lost: refused + failed }, this.#context.clock.now());
    return { requested: grown('requested'), throttled: grown('throttled'), lost: grown('lost') };
  }

  relieve(level: PressureLevel): OptimizationAction | undefined {
    const { maxUpdatesPerSecond } = this.#context.settings;
    const rate = Math.max(Math.min(SLOWEST_PER_SECOND, maxUpdatesPerSecond), maxUpdatesPerSecond * SLOWED[level]);
    const before = this.throttler.config.maxUpdatesPerSecond;
    if (rate >= before) return undefined;
    this.throttler.configure({ maxUpdatesPerSecond: rate });
    return { part: 'throttling', what: `slowed from ${before} to ${rate} refreshes a second`, items: 1 };
  }

  recover(): void {
    const { maxUpdatesPerSecond } = this.#context.settings;
    if (this.throttler.config.maxUpdatesPerSecond !== maxUpdatesPerSecond)
      this.throttler.configure({ maxUpdatesPerSecond });
  }

  [disposeSymbol](): void {
    this.throttler[disposeSymbol]();
  }
}
