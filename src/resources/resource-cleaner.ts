import type { Observable } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { disposeSymbol } from '../core/disposer.js';
import type { Lifecycle } from '../core/lifecycle.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import type { EpochMs, Milliseconds } from '../core/units.js';
import { type Checks, positive, positiveInteger, resolveConfig } from '../core/validate.js';
import { Periodic } from './periodic.js';
import type { RegisterOptions, Resource } from './resource.js';
import type { ResourceError } from './resource-error.js';
import { ResourceManager } from './resource-manager.js';
import type { ResourceType } from './resource-type.js';
import type { SweepResult } from './sweep.js';

/** The policy (seed 004: ResourceCleaner). */
export interface ResourceCleanerSettings {
  /** From one sweep to the next. Default 300,000 (5 minutes). */
  readonly cleanupIntervalMs: Milliseconds;
  /** How long a resource without a `timeoutMs` of its own may go unused. Default 3,600,000 (1 hour). */
  readonly resourceTimeoutMs: Milliseconds;
  /** A sweep ends the least recently used ones beyond this number. Default 100. */
  readonly maxResources: number;
}

/** The options, all of which may be left out. */
export type ResourceCleanerConfig = {
  readonly [Name in keyof ResourceCleanerSettings]?: ResourceCleanerSettings[Name] | undefined;
};

const DEFAULTS: ResourceCleanerSettings = Object.freeze({
  cleanupIntervalMs: 300_000,
  resourceTimeoutMs: 3_600_000,
  maxResources: 100,
});

const CHECKS: Checks<ResourceCleanerSettings> = {
  cleanupIntervalMs: positive,
  resourceTimeoutMs: positive,
  maxResources: positiveInteger,
};

export interface ResourceCleanerDependencies {
  /** Whose resources are cleaned. Default: one of its own, without sweeps of its own. */
  readonly manager?: ResourceManager;
  readonly clock?: Clock;
}

export interface ResourceCleanerStats {
  readonly running: boolean;
  readonly sweeps: number;
  readonly cleaned: number;
  readonly retried: number;
  /** Ended because nobody had used them for their time. */
  readonly expired: number;
  /** Ended because there were more than `maxResources`. */
  readonly evicted: number;
  readonly lastSweepAt: EpochMs | undefined;
  /** The longest that a sweep has kept the main thread at a time; undefined before the first. */
  readonly longestSliceMs: Milliseconds | undefined;
}

/**
 * Ends what was forgotten (seed 004: ResourceCleaner): every `cleanupIntervalMs` what failed before is retried, then
 * what outlived its time ends, then the least recently used ones over the limit. An access is a `get` of the manager's.
 */
export class ResourceCleaner implements Lifecycle {
  readonly config: ResourceCleanerSettings;
  readonly manager: ResourceManager;
  readonly stats$: Observable<ResourceCleanerStats>;
  /** The manager's: each clean-up that failed. */
  readonly errors$: Observable<ResourceError>;
  readonly #clock: Clock;
  readonly #ownsManager: boolean;
  readonly #sweeps: Periodic;
  readonly #snapshot: LiveSnapshot<ResourceCleanerStats>;
  #done: Omit<ResourceCleanerStats, 'running'> = {
    sweeps: 0,
    cleaned: 0,
    retried: 0,
    expired: 0,
    evicted: 0,
    lastSweepAt: undefined,
    longestSliceMs: undefined,
  };
  #disposed = false;

  /** @throws ConfigError */
  constructor(
    config: ResourceCleanerConfig = {},
    { manager, clock = new SystemClock() }: ResourceCleanerDependencies = {},
  ) {
    this.config = resolveConfig('ResourceCleaner', config, DEFAULTS, CHECKS);
    this.manager = manager ?? new ResourceManager({ autoCleanup: false }, { clock });
    this.errors$ = this.manager.errors$;
    this.#ownsManager = manager === undefined;
    this.#clock = clock;
    this.#sweeps = new Periodic((signal) => this.sweep(signal), this.config.cleanupIntervalMs, clock);
    this.#snapshot = new LiveSnapshot(() => this.stats, clock);
    this.stats$ = this.#snapshot.value$;
  }

  get stats(): ResourceCleanerStats {
    return { running: this.#sweeps.running, ...this.#done };
  }

  start(): void {
    if (this.#disposed) return;
    if (this.#ownsManager) this.manager.start();
    this.#sweeps.start();
    this.#snapshot.notify();
  }

  /** Ends the sweeps, one that is under way after its slice. What is registered stays. */
  stop(): void {
    if (this.#ownsManager) this.manager.stop();
    this.#sweeps.stop();
    this.#snapshot.notify();
  }

  /** The manager's own `register`. @throws ResourceError, ConfigError */
  register<T extends object>(id: string, type: ResourceType, resource: T, options?: RegisterOptions<T>): Resource {
    return this.manager.register(id, type, resource, options);
  }

  /** Ends all of one type now. @returns how many succeeded @throws ResourceError when there is no such type */
  cleanupByType(type: ResourceType): Promise<number> {
    return this.manager.cleanup(type);
  }

  /** One sweep by the policy now. Does not reject. */
  async sweep(signal?: AbortSignal): Promise<SweepResult> {
    const { resourceTimeoutMs, maxResources } = this.config;
    const result = await this.manager.sweep({ resourceTimeoutMs, maxResources, ...(signal ? { signal } : {}) });
    this.#done = {
      sweeps: this.#done.sweeps + 1,
      cleaned: this.#done.cleaned + result.cleaned,
      retried: this.#done.retried + result.retried,
      expired: this.#done.expired + result.expired,
      evicted: this.#done.evicted + result.evicted,
      lastSweepAt: this.#clock.wallNow(),
      longestSliceMs: Math.max(this.#done.longestSliceMs ?? 0, result.longestSliceMs),
    };
    this.#snapshot.notify();
    return result;
  }

  /** Stops for good. A manager of its own ends with all that is registered; one that was handed in goes on. */
  [disposeSymbol](): void {
    if (this.#disposed) return;
    this.stop();
    this.#disposed = true;
    if (this.#ownsManager) this.manager[disposeSymbol]();
    this.#snapshot.complete();
  }
}
