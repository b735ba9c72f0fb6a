import type { Observable } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { asyncDisposeSymbol, disposeSymbol, type Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import type { Lifecycle } from '../core/lifecycle.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import type { MemoryRelease, MemoryResponder } from '../core/memory-responder.js';
import { PressureLevel } from '../core/pressure-level.js';
import { whenIdle } from '../core/scheduling.js';
import { checkArgument, text } from '../core/validate.js';
import { CleanupRunner } from './cleanup-runner.js';
import { Periodic } from './periodic.js';
import { checkType, Registrar } from './registrar.js';
import type { RegisterOptions, Resource } from './resource.js';
import { ResourceError, ResourceErrorCode } from './resource-error.js';
import {
  type ResourceManagerConfig,
  type ResourceManagerSettings,
  resolveResourceManagerConfig,
} from './resource-manager-config.js';
import { ResourceScope } from './resource-scope.js';
import type { ResourceReport, ResourceStats } from './resource-stats.js';
import { ResourceType } from './resource-type.js';
import { Sweep, type SweepPolicy, type SweepResult } from './sweep.js';
import { ByteBudget } from './temporary/byte-budget.js';
import {
  makeTemporary,
  type TemporaryKind,
  type TemporaryOptions,
  type TemporaryResources,
} from './temporary/make-temporary.js';
import { TemporaryHost } from './temporary/temporary-host.js';
import { TemporaryStore } from './temporary/temporary-store.js';

/** The platform as the manager sees it; each part defaults to the browser's own. */
export interface ResourceDependencies {
  readonly clock?: Clock;
  readonly environment?: Environment;
}

/** How many of the least recently used ones a report names. */
const REPORTED = 10;
/** Leftovers of earlier pages are looked for when the page has time, at the latest after this. */
const LEFTOVERS_WITHIN_MS = 5_000;

/**
 * A registry of what must end: workers, sockets, observers, timers, temporary files (seed 000: ResourceManager).
 *
 * Objects are held weakly, with their clean-ups: one that nobody else holds is collected, leaves the registry, and is
 * counted in `stats.collected`; its clean-up does not run, as there is nothing left to give it. What must be ended even
 * when nobody holds it is registered as a `ResourceHandle`, through a `scope`, or made by `temporary`.
 * `stop()` ends only the sweeps; disposing the manager ends everything that is registered.
 */
export class ResourceManager implements Lifecycle, AsyncDisposable, MemoryResponder {
  readonly name = 'resources';
  readonly config: ResourceManagerSettings;
  readonly stats$: Observable<ResourceStats>;
  /** Each clean-up that failed. Never errors; completes on dispose. */
  readonly errors$: Observable<ResourceError>;

  readonly #clock: Clock;
  readonly #environment: Environment;
  readonly #snapshot: LiveSnapshot<ResourceStats>;
  readonly #runner: CleanupRunner;
  readonly #registrar: Registrar;
  readonly #host: TemporaryHost;
  readonly #sweeps: Periodic;
  #cancelIdle: Teardown | undefined;
  #scopes = 0;
  #leftoversRemoved = 0;
  #leftoversFailed = 0;

  /** @throws ConfigError */
  constructor(
    config: ResourceManagerConfig = {},
    { clock = new SystemClock(), environment = detectEnvironment() }: ResourceDependencies = {},
  ) {
    this.config = resolveResourceManagerConfig(config);
    this.#clock = clock;
    this.#environment = environment;
    this.#snapshot = new LiveSnapshot(() => this.#readStats(), clock);
    const changed = () => this.#snapshot.notify();
    this.#runner = new CleanupRunner(clock, this.config.cleanupTimeoutMs, changed);
    this.#registrar = new Registrar(clock, this.#runner, changed);
    const budget = new ByteBudget(this.config.maxTempSizeBytes);
    this.#host = new TemporaryHost(this.#registrar, budget, new TemporaryStore(environment));
    this.#sweeps = new Periodic((signal) => this.sweep({ signal }), this.config.cleanupIntervalMs, clock);
    this.stats$ = this.#snapshot.value$;
    this.errors$ = this.#runner.errors$;
  }

  get stats(): ResourceStats {
    return this.#readStats();
  }

  /** Begins the sweeps, and removes what pages that are gone left in the file system. */
  start(): void {
    if (this.#registrar.closed) return;
    if (this.config.autoCleanup) this.#sweeps.start();
    const clean = () => void this.cleanLeftovers();
    this.#cancelIdle ??= whenIdle(clean, LEFTOVERS_WITHIN_MS, this.#clock, this.#environment);
  }

  /** Ends the sweeps. What is registered stays. */
  stop(): void {
    this.#sweeps.stop();
    this.#cancelIdle?.();
    this.#cancelIdle = undefined;
  }

  /**
   * Registers a resource that must end.
   * @throws ResourceError when the id is in use, the type unknown, the object missing, or its end unknown to poise and
   * no `cleanup` given; after dispose; ConfigError on bad options
   */
  register<T extends object>(id: string, type: ResourceType, resource: T, options?: RegisterOptions<T>): Resource {
    return this.#registrar.register(id, type, resource, options);
  }

  /** Lets go of a resource without ending it. @returns whether it was there */
  unregister(id: string): boolean {
    const entry = this.#registrar.registry.find(id);
    return entry !== undefined && this.#registrar.forget(entry);
  }

  /** The resource of this id, which counts as an access. */
  get(id: string): Resource | undefined {
    const entry = this.#registrar.registry.find(id);
    if (entry) this.#registrar.registry.touch(entry, this.#clock.now());
    return entry;
  }

  /** What is registered, in that order, then what failed once and waits to be retried. @throws ResourceError */
  list(type?: ResourceType): Resource[] {
    if (type !== undefined) checkType(type);
    const all = [...this.#registrar.registry.values(), ...this.#runner.retryable];
    return type === undefined ? all : all.filter((entry) => entry.type === type);
  }

  /**
   * Ends everything, or everything of one type, the newest first. Every clean-up has been started when it returns, so
   * that it serves in `pagehide`.
   * @returns how many succeeded, when all have settled. Does not reject for a clean-up.
   * @throws ResourceError when there is no such type
   */
  async cleanup(type?: ResourceType): Promise<number> {
    if (type !== undefined) checkType(type);
    const entries = [...this.#runner.retryable, ...this.#registrar.registry.values()];
    const ours = type === undefined ? entries : entries.filter((entry) => entry.type === type);
    const outcomes = await Promise.all(ours.reverse().map((entry) => this.#registrar.end(entry)));
    return outcomes.filter(Boolean).length;
  }

  /** Ends what is due: what failed once, what outlived its time, what is over the policy's limit; in slices below 1 ms. */
  sweep(policy: SweepPolicy = {}): Promise<SweepResult> {
    return new Sweep(this.#registrar, this.#runner, this.#clock, policy).run();
  }

  /** A scope, whose registrations end with it: `using scope = manager.scope('view')`. @throws ConfigError */
  scope(name: string): ResourceScope {
    checkArgument('scope', 'name', name, text);
    this.#scopes++;
    return new ResourceScope(`${name}#${this.#scopes}`, this.#registrar, this.#host);
  }

  /**
   * A temporary file, directory, object URL or buffer: `await using tmp = manager.temporary('file')`.
   * @throws ConfigError, ResourceError over the budget, or where the browser has no such thing
   */
  temporary<Kind extends TemporaryKind>(kind: Kind, options?: TemporaryOptions[Kind]): TemporaryResources[Kind] {
    return makeTemporary(this.#host, kind, options);
  }

  /** The same in callback form: it has ended when the promise settles, with what `use` returned or threw. */
  async withTemporary<Kind extends TemporaryKind, Result>(
    kind: Kind,
    use: (temporary: TemporaryResources[Kind]) => Result | Promise<Result>,
    options?: TemporaryOptions[Kind],
  ): Promise<Result> {
    const temporary = makeTemporary(this.#host, kind, options);
    try {
      return await use(temporary);
    } finally {
      await temporary.dispose();
    }
  }

  /**
   * Removes temporary files of pages that are gone; `start()` does. Does not reject: what the browser refuses is counted
   * and on `errors$`, and the next start tries again.
   * @returns the number of pages
   */
  async cleanLeftovers(): Promise<number> {
    const { removed, failures } = await this.#host.store.removeLeftovers();
    this.#leftoversRemoved += removed;
    this.#leftoversFailed += failures.length;
    this.#snapshot.notify();
    for (const cause of failures) {
      const message = 'the browser refused to remove what an earlier page left';
      this.#runner.tell(new ResourceError(ResourceErrorCode.TEMP_FAILED, message, undefined, { cause }));
    }
    return removed;
  }

  getReport(): ResourceReport {
    return {
      at: this.#clock.wallNow(),
      stats: this.stats,
      leastRecentlyUsed: this.#registrar.registry.idlest(REPORTED),
      failures: [...this.#runner.failures],
    };
  }

  /** Gives memory back: under 'fair' pressure what is due, above it caches as well, as those can be rebuilt. */
  async releaseMemory(level: PressureLevel): Promise<MemoryRelease> {
    const before = this.#runner.bytesFreed;
    let items = level === PressureLevel.NOMINAL ? 0 : (await this.sweep()).cleaned;
    if (level === PressureLevel.SERIOUS || level === PressureLevel.CRITICAL)
      items += await this.cleanup(ResourceType.CACHE);
    return { items, bytes: this.#runner.bytesFreed - before };
  }

  /** Ends everything without waiting for clean-ups that take their time. What fails is not retried. */
  [disposeSymbol](): void {
    this.#close();
    void this.cleanup();
    this.#complete();
  }

  /** Ends everything, and waits; what fails is retried once, at once. */
  async [asyncDisposeSymbol](): Promise<void> {
    this.#close();
    await this.cleanup();
    await this.cleanup();
    this.#complete();
  }

  #close(): void {
    this.stop();
    this.#registrar.close();
  }

  #complete(): void {
    this.#runner.dispose();
    this.#snapshot.complete();
  }

  #readStats(): ResourceStats {
    const { registry, registered, unregistered } = this.#registrar;
    const { ending, cleaned, collected, failed, timedOut, givenUp, bytesFreed } = this.#runner;
    return {
      registered,
      active: registry.size,
      activeByType: registry.countByType(),
      ending,
      retrying: this.#runner.retryable.size,
      unregistered,
      cleaned,
      collected,
      failed,
      timedOut,
      givenUp,
      bytesHeld: registry.bytes,
      bytesFreed,
      temporaryBytes: this.#host.budget.used,
      leftoversRemoved: this.#leftoversRemoved,
      leftoversFailed: this.#leftoversFailed,
      temporaryFiles: this.#host.store.supported ? 'supported' : 'unsupported',
    };
  }
}
