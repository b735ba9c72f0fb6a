import type { Observable, Subscription } from 'rxjs';
import { DisplayRate } from '../collect/display-rate.js';
import type { Clock } from '../core/clock.js';
import { isInputPending } from '../core/scheduling.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import { FrameBudget } from './frame-budget.js';
import { createRateController } from './rate/create-rate-controller.js';
import type { RateController } from './rate/rate-controller.js';
import type { ThrottleSettings } from './throttle-config.js';
import { clockTicks, type Tick } from './ticks.js';
import type { UpdateQueue } from './update-queue.js';

/** What the drain needs of its throttler. */
export interface DrainHost {
  readonly queue: UpdateQueue;
  readonly clock: Clock;
  readonly document: Document | undefined;
  /** Runs due updates, at least one, until none is left or `isOver`, told the time after each, says so. */
  readonly runDue: (isOver: (now: MonotonicMs) => boolean) => void;
}

/** A hidden page paints nothing: updates may take this long there, which is what a long task may. */
const HIDDEN_BUDGET_MS: Milliseconds = 50;
/** Asking whether input is pending costs as much as a small update, so it is asked this often. */
const INPUT_CHECK_MS: Milliseconds = 1;
/** A frame this many times as long as the display's was dropped. */
const DROPPED = 1.5;
/** How much one frame counts in the share of dropped ones. */
const DROP_MEMORY = 0.08;
/** Frames served after the last update: the next one tells how long it took, and a flood need not wake the drain each time. */
const LINGER_FRAMES = 4;

/**
 * Turns the clock's ticks into refreshes: frames while the page is visible, a timer while it is hidden, combined with
 * the controller of the current mode. Ticks only while something is pending or the rate holds the next refresh back.
 */
export class UpdateDrain {
  readonly #host: DrainHost;
  readonly #ticks$: Observable<Tick>;
  readonly #display = new DisplayRate();
  #controller: RateController;
  #budget: FrameBudget;
  #running = false;
  /** There while the drain is awake. */
  #ticking: Subscription | undefined;
  /** Changes when the drain is stopped or configured, so that a tick under way knows that it is of yesterday. */
  #epoch = 0;
  #held = false;
  #ranInLastTick = false;
  #dropShare = 0;
  #quietTicks = 0;
  #refreshes = 0;

  constructor(settings: ThrottleSettings, host: DrainHost) {
    this.#host = host;
    this.#budget = new FrameBudget(settings.frameBudgetMs, settings.mode === 'adaptive');
    this.#controller = createRateController(settings);
    this.#ticks$ = clockTicks(host.clock, host.document, (now) => this.#idleMs(now));
  }

  /** Whether the rate keeps the next refresh from beginning. */
  get held(): boolean {
    return this.#held;
  }

  get refreshes(): number {
    return this.#refreshes;
  }

  get controller(): RateController {
    return this.#controller;
  }

  start(): void {
    this.#running = true;
    this.wake();
  }

  stop(): void {
    this.#running = false;
    this.#rest();
  }

  configure(settings: ThrottleSettings): void {
    this.#rest();
    this.#budget = new FrameBudget(settings.frameBudgetMs, settings.mode === 'adaptive');
    this.#controller = createRateController(settings);
    this.wake();
  }

  /** Ticks from now on, if there is something to tick for. */
  wake(): void {
    if (this.#ticking || !this.#running || this.#host.queue.size === 0) return;
    this.#ranInLastTick = false;
    this.#quietTicks = 0;
    this.#ticking = this.#ticks$.subscribe((tick) => this.#onTick(tick));
  }

  #rest(): void {
    this.#epoch++;
    this.#held = false;
    this.#ticking?.unsubscribe();
    this.#ticking = undefined;
  }

  #onTick(tick: Tick): void {
    const { queue, runDue } = this.#host;
    const epoch = this.#epoch;
    this.#learn(tick);
    const overloaded = queue.hasDue;
    this.#tryRefresh(tick.time);
    this.#ranInLastTick = queue.hasDue;
    if (this.#ranInLastTick) {
      const isOver = this.#stopWhen(tick, overloaded);
      runDue(isOver);
      // A refresh that took several frames ends within one; the next begins in what is left of it.
      if (overloaded && epoch === this.#epoch && !queue.hasDue && this.#tryRefresh(tick.time)) runDue(isOver);
      if (epoch !== this.#epoch) return;
      if (tick.painted) this.#measureRest();
    }
    this.#quietTicks = this.#ranInLastTick ? 0 : this.#quietTicks + 1;
    this.#held = this.#controller.waitMs(tick.time) > 0;
    if (queue.size === 0 && !this.#held && !(tick.painted && this.#quietTicks < LINGER_FRAMES)) this.#rest();
  }

  /** Tells rate and budget of a frame, if it is one whose length updates may have caused. */
  #learn({ time, frameIntervalMs }: Tick): void {
    if (frameIntervalMs === undefined) return;
    this.#display.record(frameIntervalMs);
    const displayIntervalMs = this.#display.intervalMs;
    if (displayIntervalMs === undefined || !this.#ranInLastTick) return;
    const dropped = frameIntervalMs > displayIntervalMs * DROPPED;
    this.#dropShare += ((dropped ? 1 : 0) - this.#dropShare) * DROP_MEMORY;
    const load = { time, dropped, dropShare: this.#dropShare, displayIntervalMs };
    this.#controller.onFrame?.(load);
    this.#budget.onFrame(load);
  }

  /** Begins a refresh, if something waits for one and the rate allows it. */
  #tryRefresh(time: MonotonicMs): boolean {
    const { queue, clock } = this.#host;
    if (!queue.hasWaiting || !this.#controller.tryAcquire(time)) return false;
    this.#refreshes++;
    queue.beginRefresh(clock.now());
    return true;
  }

  /**
   * When this tick's updates have had their time. Pending input ends it too, but only where updates are carried over
   * from frame to frame anyway: what would fit and is left undone is a whole frame late.
   */
  #stopWhen({ time, painted }: Tick, overloaded: boolean): (now: MonotonicMs) => boolean {
    const { clock } = this.#host;
    const epoch = this.#epoch;
    const startedAt = clock.now();
    const deadline = painted ? this.#budget.deadline(time, startedAt, overloaded) : startedAt + HIDDEN_BUDGET_MS;
    let nextInputCheck = overloaded ? startedAt + INPUT_CHECK_MS : Number.POSITIVE_INFINITY;
    return (now) => {
      if (now >= deadline || epoch !== this.#epoch) return true;
      if (now < nextInputCheck) return false;
      nextInputCheck = now + INPUT_CHECK_MS;
      return isInputPending();
    };
  }

  #measureRest(): void {
    const { clock } = this.#host;
    const budget = this.#budget;
    const from = clock.now();
    clock.afterTask(() => budget.recordRest(clock.now() - from));
  }

  /** How long no frame is needed: until the next refresh may begin, unless one is unfinished or was not measured yet. */
  #idleMs(now: MonotonicMs): Milliseconds {
    return this.#host.queue.hasDue || this.#ranInLastTick ? 0 : this.#controller.waitMs(now);
  }
}
