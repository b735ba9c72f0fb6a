import { type Observable, Subject } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { disposeSymbol, type Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import type { Milliseconds } from '../core/units.js';
import { checkArgument, func } from '../core/validate.js';
import { LazyLoadError, LazyLoadErrorCode, toLazyLoadError } from './lazy-load-error.js';
import { type LazyLoaderConfig, type LazyLoaderSettings, resolveLazyLoaderConfig } from './lazy-loader-config.js';
import { type LazyLoaderStats, LazyState } from './lazy-loader-stats.js';
import { type IdlePreload, onIdle, onIntent, onVisible, type VisiblePreload } from './preload.js';

export interface LazyLoaderDependencies {
  readonly clock?: Clock | undefined;
  readonly environment?: Environment | undefined;
}

/**
 * Loads something heavy once, when it is first needed or shortly before (seed 003: LazyLoader).
 *
 * A failed load is forgotten, so that the next call tries again. Whether that helps a failed `import()` is the browser's
 * business: Chromium fetches the module again, Firefox and Safari may repeat the failure until the page is reloaded
 * (https://github.com/whatwg/html/issues/6768). A loader can get around that: with a query that differs at each attempt.
 */
export class LazyLoader<T> implements Disposable {
  readonly stats$: Observable<LazyLoaderStats>;
  /** What went wrong while preloading; a failed `load()` tells its caller. Never errors. */
  readonly errors$: Observable<LazyLoadError>;
  readonly #loader: () => T | PromiseLike<T>;
  readonly #settings: LazyLoaderSettings;
  readonly #clock: Clock;
  readonly #environment: Environment;
  readonly #snapshot: LiveSnapshot<LazyLoaderStats>;
  readonly #errors = new Subject<LazyLoadError>();
  readonly #preloads = new Set<Teardown>();
  readonly #timeouts = new Set<Teardown>();
  #loaded: { readonly value: T } | undefined;
  #loading: Promise<T> | undefined;
  #attempts = 0;
  #failures = 0;
  #loadTimeMs: Milliseconds | undefined;
  #disposed = false;

  /** @throws ConfigError */
  constructor(loader: () => T | PromiseLike<T>, options?: LazyLoaderConfig, dependencies: LazyLoaderDependencies = {}) {
    checkArgument('LazyLoader', 'loader', loader, func);
    this.#loader = loader;
    this.#settings = resolveLazyLoaderConfig(options);
    this.#clock = dependencies.clock ?? new SystemClock();
    this.#environment = dependencies.environment ?? detectEnvironment();
    this.#snapshot = new LiveSnapshot(() => this.stats, this.#clock);
    this.stats$ = this.#snapshot.value$;
    this.errors$ = this.#errors.asObservable();
  }

  /** What was loaded; undefined until then. */
  get value(): T | undefined {
    return this.#loaded?.value;
  }

  get stats(): LazyLoaderStats {
    return {
      state: this.#state,
      attempts: this.#attempts,
      failures: this.#failures,
      loadTimeMs: this.#loadTimeMs,
      waitingPreloads: this.#preloads.size,
    };
  }

  isLoaded(): boolean {
    return this.#loaded !== undefined;
  }

  /** Loads it, or gives what is loaded; callers at the same time share one attempt. Rejects with LazyLoadError. */
  load(): Promise<T> {
    if (this.#loaded) return Promise.resolve(this.#loaded.value);
    if (this.#disposed) {
      const message = `${this.#settings.name} can't be loaded any more: its loader was disposed of`;
      return Promise.reject(new LazyLoadError(LazyLoadErrorCode.DISPOSED, message));
    }
    this.#loading ??= this.#attempt();
    return this.#loading;
  }

  /** Loads it when the main thread has time. Returns what cancels that. */
  preloadOnIdle(options: IdlePreload = {}): Teardown {
    return this.#whenTime((load) => onIdle(load, options, this.#clock, this.#environment), 'once');
  }

  /** Loads it when the element comes near the viewport. Holds the element weakly. Returns what cancels that. */
  preloadOnVisible(element: Element, options: VisiblePreload = {}): Teardown {
    return this.#whenTime((load) => onVisible(load, element, options, this.#environment), 'once');
  }

  /**
   * Loads it when the user points at the element, focuses it or touches it; after a failure, at the next of these again.
   * Holds the element weakly. Returns what cancels that.
   */
  preloadOnIntent(element: Element): Teardown {
    return this.#whenTime((load) => onIntent(load, element), 'until loaded');
  }

  /** Cancels the preloads. What is loaded stays; what is not can't be loaded any more. */
  [disposeSymbol](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#cancelAll();
    for (const cancel of this.#timeouts) cancel();
    this.#timeouts.clear();
    this.#snapshot.complete();
    this.#errors.complete();
  }

  get #state(): LazyState {
    if (this.#loaded) return LazyState.LOADED;
    if (this.#loading !== undefined) return LazyState.LOADING;
    return this.#failures > 0 ? LazyState.FAILED : LazyState.IDLE;
  }

  async #attempt(): Promise<T> {
    this.#attempts++;
    this.#snapshot.notify();
    const startedAt = this.#clock.now();
    try {
      // In the first turn: an intent that is followed by a click must not wait for anything.
      const given = this.#run().then((value) => this.#keep(value, startedAt));
      return await this.#inTime(given);
    } catch (cause) {
      this.#failures++;
      throw toLazyLoadError(this.#settings.name, cause);
    } finally {
      this.#loading = undefined;
      this.#snapshot.notify();
    }
  }

  async #run(): Promise<T> {
    return await this.#loader();
  }

  /** The first value stays, also where it comes after its time-out. */
  #keep(value: T, startedAt: number): T {
    if (!this.#loaded) {
      this.#loaded = { value };
      this.#loadTimeMs = this.#clock.now() - startedAt;
      this.#cancelAll();
      this.#snapshot.notify();
    }
    return this.#loaded.value;
  }

  #inTime(given: Promise<T>): Promise<T> {
    const { name, timeoutMs } = this.#settings;
    if (timeoutMs === undefined) return given;
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.setTimer(() => {
        this.#timeouts.delete(cancel);
        reject(new LazyLoadError(LazyLoadErrorCode.TIMEOUT, `${name} was not loaded within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#timeouts.add(cancel);
      const settled = () => {
        cancel();
        this.#timeouts.delete(cancel);
      };
      given.finally(settled).then(resolve, reject);
    });
  }

  #whenTime(arm: (load: () => void) => Teardown, often: 'once' | 'until loaded'): Teardown {
    if (this.#loaded || this.#disposed) return () => undefined;
    let disarm: Teardown = () => undefined;
    let cancelled = false;
    const cancel = () => {
      cancelled = true;
      this.#preloads.delete(cancel);
      disarm();
    };
    this.#preloads.add(cancel);
    disarm = arm(() => {
      if (often === 'once') cancel();
      this.load().catch((error: LazyLoadError) => this.#errors.next(error));
    });
    if (cancelled) disarm();
    return cancel;
  }

  #cancelAll(): void {
    for (const cancel of this.#preloads) cancel();
  }
}
