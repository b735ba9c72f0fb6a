import { type Observable, Subject } from 'rxjs';
import type { NetworkEntry } from '../collect/index.js';
import { type Clock, SystemClock } from '../core/clock.js';
import { Disposer, disposeSymbol, type Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { describe, PoiseError } from '../core/errors.js';
import { guard } from '../core/guard.js';
import type { Lifecycle } from '../core/lifecycle.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import { checkArgument, func } from '../core/validate.js';
import type { LogRotator } from '../logs/index.js';
import type { MemoryManager, MemoryOptimizer } from '../memory/index.js';
import type { ResourceCleaner, ResourceManager } from '../resources/index.js';
import { StorageTraffic } from '../storage/index.js';
import type { UpdateThrottler } from '../throttle/index.js';
import type { Alert, AlertType } from './alerts/alert.js';
import { cheapHeap } from './cheap-heap.js';
import { type IdleContext, runWhenIdle } from './idle-steps.js';
import { LoadWatch } from './load-watch.js';
import type { PerformanceManager } from './manager/performance-manager.js';
import type { OptimizationRecord } from './optimize/optimization-record.js';
import { OwnClock } from './own-clock.js';
import { MonitorParts } from './parts/monitor-parts.js';
import type { GivenParts } from './parts/part.js';
import type { PartCode } from './parts/part-code.js';
import { type PerformanceConfig, type PerformanceSettings, resolvePerformanceConfig } from './performance-config.js';
import type { PerformanceStats } from './performance-stats.js';
import { repeat } from './repeat.js';
import { reportOf } from './report/report.js';
import { SelfCost } from './self-cost.js';
import { sharedHeap } from './shared-heap.js';
import { Signals } from './signals/signals.js';
import { type SystemMetrics, systemMetricsOf } from './system-metrics.js';

/** The platform, and parts that the app has already; each has a default. */
export interface MonitorDependencies {
  readonly clock?: Clock;
  readonly environment?: Environment;
  /** Parts that the app made itself: they are watched and asked to act, but not started, stopped or disposed. */
  readonly parts?: GivenParts;
}

/** Told when an alert is raised or cleared (seed 004: add_alert_callback). */
export type AlertCallback = (type: AlertType, alert: Alert) => void;

/**
 * What every PerformanceMonitor is, wherever the code of its parts comes from. It starts and stops the parts that are switched
 * on together, and connects the collectors. What nobody asks for is not made: a part costs nothing until it is used.
 */
export class BaseMonitor implements Lifecycle {
  readonly config: PerformanceSettings;
  /** Every `statsUpdateIntervalMs`, and when an alert is raised or cleared. */
  readonly stats$: Observable<PerformanceStats>;
  /** Each alert, at its raising and its clearing. */
  readonly alerts$: Observable<Alert>;
  /** What was done about the load: when it is done, and again when it is known whether it helped. */
  readonly optimizations$: Observable<OptimizationRecord>;
  /** What went wrong in poise or in a callback; never errors. */
  readonly errors$: Observable<PoiseError>;

  readonly #clock: Clock;
  readonly #parts: MonitorParts;
  readonly #traffic = new StorageTraffic();
  readonly #cost: SelfCost;
  readonly #signals: Signals;
  readonly #watch: LoadWatch;
  readonly #idle: IdleContext;
  readonly #snapshot: LiveSnapshot<PerformanceStats>;
  readonly #alerts = new Subject<Alert>();
  readonly #optimizations = new Subject<OptimizationRecord>();
  readonly #errors = new Subject<PoiseError>();
  /** Before each look that the monitor makes by itself: one wake-up of the page for both. */
  readonly #beforeLook = new Subject<void>();
  readonly #callbacks = new Set<AlertCallback>();
  #running: Disposer | undefined;
  #started: Promise<void> = Promise.resolve();
  #disposed = false;

  /** @throws ConfigError */
  constructor(config: PerformanceConfig, dependencies: MonitorDependencies, code: PartCode) {
    const { clock = new SystemClock(), parts = {} } = dependencies;
    const environment = cheapHeap(dependencies.environment ?? detectEnvironment());
    this.config = resolvePerformanceConfig(config);
    this.#clock = clock;
    this.#cost = new SelfCost(clock, this.config.selfBudgetPercent);
    const onError = (cause: unknown) => this.#report(cause);
    const cost = this.#cost;
    const samplingClock = new OwnClock(clock, cost, { stretched: true });
    const heap$ = sharedHeap(this.#beforeLook, { clock: samplingClock, environment });
    this.#parts = new MonitorParts({
      settings: this.config,
      code,
      clock,
      ownClock: new OwnClock(clock, cost, { stretched: false }),
      samplingClock,
      environment,
      traffic: this.#traffic,
      heap$,
      given: parts,
    });
    this.#signals = new Signals({
      settings: this.config,
      code,
      clock: samplingClock,
      environment,
      traffic: this.#traffic,
      heap$,
      keep: (entry) => this.#keep(entry),
      cost,
      onError,
    });
    this.#watch = new LoadWatch({
      settings: this.config,
      clock,
      cost,
      parts: () => this.#parts.all,
      cpuPressure: () => this.#signals.figure('pressure')?.cpu,
      onAlert: (alert) => this.#onAlert(alert),
      onOptimization: (record) => this.#optimizations.next(record),
      onError,
    });
    this.#idle = { clock, environment, cost, onError };
    this.#snapshot = new LiveSnapshot(() => this.getPerformanceStats(), clock);
    this.stats$ = this.#snapshot.value$;
    this.alerts$ = this.#alerts.asObservable();
    this.optimizations$ = this.#optimizations.asObservable();
    this.errors$ = this.#errors.asObservable();
  }

  /**
   * Starts what is switched on; does nothing when it runs. The parts can be had when the promise resolves; collectors that
   * miss nothing by it, leak detection and the first look follow when the page has time, within 2 s. It does not
   * reject: code that could not be loaded is told on `errors$`, and tried again at the next start.
   */
  start(): Promise<void> {
    if (this.#disposed || this.#running) return this.#started;
    this.#running = new Disposer();
    const running = this.#running;
    this.#started = this.#run(running).catch((cause: unknown) => {
      this.#report(cause);
      // Not a later start's.
      if (this.#running === running) this.stop();
    });
    return this.#started;
  }

  /** Stops parts, collectors and looks; what is kept stays. It can be started again. */
  stop(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.dispose();
    this.#watch.reset();
  }

  /**
   * The entries in memory, made now if this is the first time that they are asked for; undefined before `start()` has
   * resolved, and where they are switched off. So with the others.
   */
  getMemoryManager(): MemoryManager<unknown> | undefined {
    return this.#parts.all.memory?.manager;
  }

  /** Finds leaks and measures memory. */
  getMemoryOptimizer(): MemoryOptimizer | undefined {
    return this.#parts.all.leaks?.optimizer;
  }

  getLogRotator(): LogRotator | undefined {
    return this.#parts.all.logs?.log;
  }

  getUpdateThrottler(): UpdateThrottler | undefined {
    return this.#parts.all.throttling?.throttler;
  }

  getResourceCleaner(): ResourceCleaner | undefined {
    return this.#parts.all.resources?.cleaner;
  }

  getResourceManager(): ResourceManager | undefined {
    return this.#parts.all.resources?.manager;
  }

  /** Measures functions of the app's; its metrics go to the log as well, where that is switched on. */
  getPerformanceManager(): PerformanceManager | undefined {
    return this.#parts.all.operations?.manager;
  }

  /** Everything in one snapshot. */
  getPerformanceStats(): PerformanceStats {
    const { memory, leaks, logs, throttling, resources, operations } = this.#parts.all;
    return {
      at: this.#clock.wallNow(),
      performanceScore: this.#watch.score.score,
      score: this.#watch.score,
      memory: memory?.manager.stats,
      leaks: leaks?.optimizer.stats,
      logs: logs?.log.stats,
      throttling: throttling?.throttler.stats,
      resources: resources?.manager.stats,
      operations: operations?.manager.stats,
      page: this.#signals.figures,
      alerts: this.#watch.alerts,
      optimizations: this.#watch.optimizations,
      self: { ...this.#cost.figures, heldBytes: memory?.manager.stats.bytes ?? 0 },
    };
  }

  /** Processor, memory, disk and network in eight figures (seed 003: get_metrics). */
  getMetrics(): SystemMetrics {
    return systemMetricsOf(this.getPerformanceStats(), this.#traffic);
  }

  /** The state of the page in readable text (seed 003: get_report). */
  getReport(): string {
    return reportOf(this.getPerformanceStats());
  }

  /** Calls `callback` when an alert is raised or cleared. Returns what ends that. @throws ConfigError */
  addAlertCallback(callback: AlertCallback): Teardown {
    checkArgument('addAlertCallback', 'callback', callback, func);
    this.#callbacks.add(callback);
    return () => void this.#callbacks.delete(callback);
  }

  /** Has every part bring the load down now. Does not reject. @returns what was done */
  forceOptimization(): Promise<OptimizationRecord> {
    return this.#watch.optimize();
  }

  /** Looks at the load now, beside the regular looks. */
  check(): void {
    this.#cost.run(() => this.#watch.look());
  }

  /** Stops for good, with the parts that the monitor made. */
  [disposeSymbol](): void {
    if (this.#disposed) return;
    this.stop();
    this.#disposed = true;
    this.#parts[disposeSymbol]();
    this.#snapshot.complete();
    for (const subject of [this.#alerts, this.#optimizations, this.#errors]) subject.complete();
  }

  async #run(running: Disposer): Promise<void> {
    const late = [...(await this.#parts.start(running)), ...(await this.#signals.start(running))];
    if (running.disposed) return;
    running.add(runWhenIdle([...late, () => this.#look()], this.#idle));
    const { checkIntervalMs, statsUpdateIntervalMs } = this.config;
    running.add(
      repeat(
        () => {
          // How much poise took of the main thread is known by the time between two of these.
          this.#cost.settle();
          this.#look();
        },
        () => checkIntervalMs * this.#cost.slowdown,
        this.#clock,
      ),
    );
    running.add(
      repeat(
        () => this.#snapshot.notify(),
        () => statsUpdateIntervalMs,
        this.#clock,
      ),
    );
    this.#snapshot.notify();
  }

  #look(): void {
    this.#cost.run(() => this.#beforeLook.next());
    this.check();
  }

  #keep(entry: NetworkEntry): void {
    this.#parts.all.memory?.manager.add(entry);
    this.#parts.all.logs?.log.addEntry(entry);
  }

  #onAlert(alert: Alert): void {
    for (const callback of [...this.#callbacks])
      guard(
        'alert callback',
        () => callback(alert.type, alert),
        (error) => this.#errors.next(error),
      );
    this.#alerts.next(alert);
    this.#snapshot.notify();
  }

  #report(cause: unknown): void {
    const error = cause instanceof PoiseError ? cause : undefined;
    this.#errors.next(error ?? new PoiseError('POISE_MONITOR', `the monitor failed: ${describe(cause)}`, { cause }));
  }
}
