import { BehaviorSubject, exhaustMap, Subject, type Subscription, switchMap, takeWhile } from 'rxjs';
import { DisplayRate } from '../collect/display-rate.js';
import type { Clock } from '../core/clock.js';
import type { Environment } from '../core/environment.js';
import { isInputPending, observeVisibility } from '../core/scheduling.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import { FrameBudget } from './frame-budget.js';
import { createRateController } from './rate/create-rate-controller.js';
import type { RateController } from './rate/rate-controller.js';
import type { ThrottleSettings } from './throttle-config.js';
import { frameTicks, hiddenTicks, type Tick } from './ticks.js';
import type { UpdateQueue } from './update-queue.js';

/** What the drain needs of its throttler. */
export interface DrainHost {
  readonly queue: UpdateQueue;
  readonly clock: Clock;
  readonly environment: Environment;
  /** Runs due updates, at least one, until none is left or `isOver` says so. */
  readonly runDue: (isOver: () => boolean) => void;
}

/** A hidden page paints nothing: updates may take this long there, which is what a long task may. */
const HIDDEN_BUDGET_MS: Milliseconds = 50;
/** Asking whether input is pending costs as much as a small update, so it is asked this often. */
const INPUT_CHECK_MS: Milliseconds = 1;
/** Frames served after the last update: the next one tells how long it took, and a flood need not wake the drain each time. */
const LINGER_FRAMES = 4;
/** The rest of a frame is measured on one frame in so many. */
const REST_SAMPLE = 4;

/**
 * Turns the clock's ticks into refreshes: frames while the page is visible, a timer while it is hidden, combined with
 * the controller of the current mode. Ticks only while something is pending or the rate holds the next refresh back.
 */
export class UpdateDrain {
  readonly #host: DrainHost;
  readonly #wake = new Subject<void>();
  readonly #controller$: BehaviorSubject<RateController>;
  readonly #display = new DisplayRate();
  #budget: FrameBudget;
  #subscription: Subscription | undefined;
  /** Changes when the drain is stopped or configured, so that a tick under way knows that it is of yesterday. */
  #epoch = 0;
  #awake = false;
  #held = false;
  #ranInLastTick = false;
  #quietTicks = 0;
  #ticks = 0;
  #refreshes = 0;

  constructor(settings: ThrottleSettings, host: DrainHost) {
    this.#host = host;
    this.#budget = new FrameBudget(settings.frameBudgetMs, settings.mode === 'adaptive');
    this.#controller$ = new BehaviorSubject(createRateController(settings));
  }

  get running(): boolean {
    return this.#subscription !== undefined;
  }

  /** Whether the rate keeps the next refresh from beginning. */
  get held(): boolean {
    return this.#held;
  }

  get refreshes(): number {
    return this.#refreshes;
  }

  get controller(): RateController {
    return this.#controller$.value;
  }

  start(): void {
    if (this.#subscription) return;
    const { clock, environment, queue } = this.#host;
    const ticks$ = observeVisibility(environment.document).pipe(
      switchMap((visible) => (visible ? frameTicks(clock, (now) => this.#idleMs(now)) : hiddenTicks(clock))),
    );
    this.#subscription = this.#controller$
      .pipe(
        switchMap((controller) =>
          this.#wake.pipe(exhaustMap(() => ticks$.pipe(takeWhile((tick) => this.#onTick(tick, controller))))),
        ),
      )
      .subscribe();
    if (queue.size > 0) this.wake();
  }

  stop(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#rest();
  }

  configure(settings: ThrottleSettings): void {
    this.#budget = new FrameBudget(settings.frameBudgetMs, settings.mode === 'adaptive');
    this.#rest();
    this.#controller$.next(createRateController(settings));
    if (this.#host.queue.size > 0) this.wake();
  }

  /** Says that something is pending. */
  wake(): void {
    if (this.#awake || !this.#subscription) return;
    this.#awake = true;
    this.#ranInLastTick = false;
    this.#wake.next();
  }

  #rest(): void {
    this.#epoch++;
    this.#awake = false;
    this.#held = false;
  }

  /** Serves one tick; false when there is nothing left to tick for. */
  #onTick(tick: Tick, controller: RateController): boolean {
    const { queue, clock, runDue } = this.#host;
    const epoch = this.#epoch;
    this.#learn(tick, controller);
    const now = clock.now();
    if (queue.hasWaiting && controller.tryAcquire(tick.time)) {
      this.#refreshes++;
      queue.beginRefresh(now);
    }
    this.#ranInLastTick = queue.hasDue;
    if (this.#ranInLastTick) {
      runDue(this.#stopWhen(tick, now, epoch));
      if (epoch !== this.#epoch) return false;
      if (tick.painted && this.#ticks++ % REST_SAMPLE === 0) this.#measureRest();
    }
    this.#quietTicks = this.#ranInLastTick ? 0 : this.#quietTicks + 1;
    this.#held = controller.waitMs(tick.time) > 0;
    this.#awake = queue.size > 0 || this.#held || (tick.painted && this.#quietTicks < LINGER_FRAMES);
    return this.#awake;
  }

  /** Tells rate and budget of a frame, if it is one whose length updates may have caused. */
  #learn({ time, frameIntervalMs }: Tick, controller: RateController): void {
    if (frameIntervalMs === undefined) return;
    this.#display.record(frameIntervalMs);
    const displayIntervalMs = this.#display.intervalMs;
    if (displayIntervalMs === undefined || !this.#ranInLastTick) return;
    const load = { time, intervalMs: frameIntervalMs, displayIntervalMs };
    controller.onFrame(load);
    this.#budget.onFrame(load);
  }

  #stopWhen({ time, painted }: Tick, startedAt: MonotonicMs, epoch: number): () => boolean {
    const { clock } = this.#host;
    const deadline = painted ? this.#budget.deadline(time, startedAt) : startedAt + HIDDEN_BUDGET_MS;
    let nextInputCheck = startedAt + INPUT_CHECK_MS;
    return () => {
      const now = clock.now();
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
    return this.#host.queue.hasDue || this.#ranInLastTick ? 0 : this.controller.waitMs(now);
  }
}
