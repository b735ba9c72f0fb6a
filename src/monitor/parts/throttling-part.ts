import type { Clock } from '../../core/clock.js';
import { disposeSymbol } from '../../core/disposer.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import { UpdateThrottler } from '../../throttle/index.js';
import type { ThrottlingReading } from '../score/readings.js';
import { CounterWindow } from './counter-window.js';
import { OnDemand } from './on-demand.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** What is left of the rate, by how high the load is. */
const SLOWED: Readonly<Record<PressureLevel, number>> = { nominal: 1, fair: 0.75, serious: 0.5, critical: 0.25 };
/** Fewer refreshes a second than this no user takes for a live page. */
const SLOWEST_PER_SECOND = 4;

const UNUSED: ThrottlingReading = Object.freeze({ requested: 0, throttled: 0, lost: 0 });

/** The throttler, which is slowed while the load is high. */
export class ThrottlingPart implements MonitorPart<ThrottlingReading> {
  readonly #throttler: OnDemand<UpdateThrottler>;
  readonly #clock: Clock;
  /** The rate as it was before it was slowed; undefined while it is not. */
  #fullRate: number | undefined;
  readonly #window: CounterWindow<'requested' | 'throttled' | 'lost'>;

  constructor(context: PartContext) {
    const { settings, clock, environment, given } = context;
    const { throttleMode: mode, maxUpdatesPerSecond } = settings;
    this.#clock = clock;
    this.#window = new CounterWindow(settings.checkIntervalMs);
    this.#throttler = new OnDemand(given.updateThrottler, () => {
      this.#window.record(UNUSED, clock.now());
      return new UpdateThrottler({ mode, maxUpdatesPerSecond }, { clock, environment });
    });
    // One of the app's has a past: rates are measured from here on.
    if (this.#throttler.made) this.read();
  }

  get throttler(): UpdateThrottler {
    return this.#throttler.get();
  }

  start(): void {
    this.#throttler.start();
  }

  stop(): void {
    this.recover();
    this.#throttler.stop();
  }

  read(): ThrottlingReading {
    const throttler = this.#throttler.made;
    if (!throttler) return UNUSED;
    const { requested, throttled, refused, failed } = throttler.stats;
    const grown = this.#window.record({ requested, throttled, lost: refused + failed }, this.#clock.now());
    return { requested: grown('requested'), throttled: grown('throttled'), lost: grown('lost') };
  }

  relieve(level: PressureLevel): OptimizationAction | undefined {
    // Made now, where it was not used yet: updates that come under load are to be slow from the first.
    const now = this.throttler.config.maxUpdatesPerSecond;
    const full = this.#fullRate ?? now;
    const rate = Math.max(Math.min(SLOWEST_PER_SECOND, full), full * SLOWED[level]);
    if (rate >= now) return undefined;
    this.#fullRate = full;
    this.throttler.configure({ maxUpdatesPerSecond: rate });
    return { part: 'throttling', what: `slowed from ${now} to ${rate} refreshes a second`, items: 1 };
  }

  recover(): void {
    if (this.#fullRate === undefined) return;
    this.throttler.configure({ maxUpdatesPerSecond: this.#fullRate });
    this.#fullRate = undefined;
  }

  [disposeSymbol](): void {
    this.#throttler[disposeSymbol]();
  }
}
