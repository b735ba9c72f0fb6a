import { type Observable, Subject } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { disposeSymbol } from '../core/disposer.js';
import type { PoiseError } from '../core/errors.js';
import { LiveSnapshot } from '../core/live-snapshot.js';
import type { MemoryRelease, MemoryResponder } from '../core/memory-responder.js';
import { PressureLevel } from '../core/pressure-level.js';
import { checkArgument, flag, func, oneOf, optional, positiveInteger, resolveConfig, text } from '../core/validate.js';
import { makeStrategy } from './make-strategy.js';
import {
  type OptimizationConfig,
  type OptimizationSettings,
  resolveOptimizationConfig,
} from './optimization-config.js';
import { OptimizationError } from './optimization-error.js';
import type { OptimizationCacheStats, OptimizationReport, OptimizationResult } from './optimization-result.js';
import { OptimizationStatus, OptimizationType } from './optimization-type.js';
import type { OptimizeOptions } from './optimize-options.js';
import { Optimization, type OptimizedFunction } from './optimized-function.js';
import type { AnyFunction, Strategy } from './strategy.js';

/** What a manager goes by (seed 000). */
export interface OptimizationManagerSettings {
  /** Workers for functions sent as source, at the most. Default: as each optimisation says, 4. */
  readonly maxWorkers: number | undefined;
  /** Default true. When false, functions to be parallelised run as they are. */
  readonly enableParallelization: boolean;
  /** Default true. When false, functions to be cached run as they are. */
  readonly enableCaching: boolean;
}
export type OptimizationManagerConfig = Partial<OptimizationManagerSettings>;

/** The platform; it has a default. */
export interface OptimizationDependencies {
  readonly clock?: Clock;
}

/** An optimisation, whatever its function. */
interface AnyOptimization {
  readonly settings: OptimizationSettings;
  readonly result: OptimizationResult;
  readonly strategy: Pick<Strategy<never[], unknown>, 'cacheStats' | 'clear' | 'stop'>;
}

/** Optimises functions, and says what each optimisation has brought (seed 000: OptimizationManager). */
export class OptimizationManager implements Disposable, MemoryResponder {
  readonly name = 'optimizations';
  readonly config: Readonly<OptimizationManagerSettings>;
  readonly report$: Observable<OptimizationReport>;
  /** Implementations that disagreed. Never errors; completes on dispose. */
  readonly errors$: Observable<PoiseError>;

  readonly #clock: Clock;
  readonly #errors = new Subject<PoiseError>();
  readonly #snapshot: LiveSnapshot<OptimizationReport>;
  readonly #configs = new Map<string, OptimizationSettings>();
  readonly #disabled = new Set<string>();
  /** Those that were registered for one function. */
  readonly #own = new Set<string>();
  readonly #optimizations: AnyOptimization[] = [];
  #lastId = 0;
  #disposed = false;

  /** @throws ConfigError */
  constructor(config: OptimizationManagerConfig = {}, { clock = new SystemClock() }: OptimizationDependencies = {}) {
    const defaults = { maxWorkers: undefined, enableParallelization: true, enableCaching: true };
    this.config = resolveConfig<OptimizationManagerSettings>('OptimizationManager', config, defaults, {
      maxWorkers: optional(positiveInteger),
      enableParallelization: flag,
      enableCaching: flag,
    });
    this.#clock = clock;
    this.#snapshot = new LiveSnapshot(() => this.getOptimizationReport(), clock);
    this.report$ = this.#snapshot.value$;
    this.errors$ = this.#errors.asObservable();
  }

  /**
   * Registers an optimisation that functions can refer to by its id, and that can be switched on and off.
   * @throws ConfigError; OptimizationError when the id is in use
   */
  registerOptimization(config: OptimizationConfig): OptimizationSettings {
    const settings = resolveOptimizationConfig(config);
    const { optimizationId, enabled } = settings;
    if (this.#configs.has(optimizationId)) throw new OptimizationError(`there is an optimisation "${optimizationId}"`);
    this.#configs.set(optimizationId, settings);
    if (!enabled) this.#disabled.add(optimizationId);
    this.#snapshot.notify();
    return this.#withState(settings);
  }

  /** The optimisation of this id, with `enabled` as it is now. */
  getOptimization(optimizationId: string): OptimizationSettings | undefined {
    const settings = this.#configs.get(optimizationId);
    return settings && this.#withState(settings);
  }

  /** All of them, or of one type: the highest priority first, then in the order of their registration. */
  listOptimizations(type?: OptimizationType): OptimizationSettings[] {
    return [...this.#configs.values()]
      .filter(({ optimizationType }) => type === undefined || optimizationType === type)
      .sort((a, b) => b.priority - a.priority)
      .map((settings) => this.#withState(settings));
  }

  /** @returns whether there is such an optimisation */
  enableOptimization(optimizationId: string): boolean {
    this.#disabled.delete(optimizationId);
    this.#snapshot.notify();
    return this.#configs.has(optimizationId);
  }

  /** Its functions run as they were, until it is enabled again. @returns whether there is such an optimisation */
  disableOptimization(optimizationId: string): boolean {
    if (!this.#configs.has(optimizationId)) return false;
    this.#disabled.add(optimizationId);
    this.#snapshot.notify();
    return true;
  }

  /**
   * Gives the function with an optimisation around it. Without an id, the registered one of the type with the highest
   * priority is used; without any, one is registered for this function.
   * @throws ConfigError, OptimizationError
   */
  optimizeFunction<A extends unknown[], R>(
    fn: AnyFunction<A, R>,
    options: OptimizeOptions<NoInfer<A>, NoInfer<R>>,
  ): OptimizedFunction<A, R> {
    if (this.#disposed) throw new OptimizationError('the manager was disposed');
    checkArgument('optimizeFunction', 'fn', fn, func);
    checkArgument('optimizeFunction', 'optimizationType', Object(options).optimizationType, oneOf(OptimizationType));
    const settings = this.#settingsFor(fn.name, options.optimizationType, options.optimizationId);
    const { optimizationId } = settings;
    const optimization = new Optimization<A, R>(
      fn,
      settings,
      (host) => makeStrategy(fn, options, settings, this.config.maxWorkers, host),
      {
        clock: this.#clock,
        isEnabled: () => !this.#disabled.has(optimizationId) && this.#isAllowed(settings.optimizationType),
        onChange: () => this.#snapshot.notify(),
        onError: (error) => this.#errors.next(error),
      },
    );
    this.#optimizations.push(optimization);
    this.#snapshot.notify();
    return optimization.face();
  }

  /** What the caching optimisations hold, together. */
  getCacheStats(): OptimizationCacheStats {
    const all = this.#optimizations.flatMap(({ strategy }) => strategy.cacheStats ?? []);
    const sum = (name: 'entries' | 'hits' | 'misses') => all.reduce((total, stats) => total + stats[name], 0);
    const [hits, misses] = [sum('hits'), sum('misses')];
    const hitRate = hits + misses === 0 ? undefined : hits / (hits + misses);
    return { functions: all.length, entries: sum('entries'), hits, misses, hitRate };
  }

  /** Forgets every result that was kept. */
  clearCache(): void {
    for (const { strategy } of this.#optimizations) strategy.clear?.();
    this.#snapshot.notify();
  }

  getOptimizationReport(): OptimizationReport {
    const results = [...this.#optimizations]
      .sort((a, b) => b.settings.priority - a.settings.priority)
      .map(({ result }) => result);
    return {
      at: this.#clock.wallNow(),
      counts: countsOf(results),
      results,
      meanImprovement: meanOf(results.map(({ performanceImprovement }) => performanceImprovement)),
      memorySavedBytes: sumOf(results.map(({ memorySavedBytes }) => memorySavedBytes)),
      cache: this.getCacheStats(),
    };
  }

  /** Results that were kept can be computed again: under 'serious' pressure they go. */
  releaseMemory(level: PressureLevel): MemoryRelease {
    if (level !== PressureLevel.SERIOUS && level !== PressureLevel.CRITICAL) return { items: 0, bytes: undefined };
    const { entries } = this.getCacheStats();
    this.clearCache();
    return { items: entries, bytes: undefined };
  }

  /** Ends the workers and waits of all optimisations. */
  [disposeSymbol](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const { strategy } of this.#optimizations) strategy.stop?.();
    this.#snapshot.complete();
    this.#errors.complete();
  }

  #settingsFor(name: string, type: OptimizationType, id: string | undefined): OptimizationSettings {
    checkArgument('optimizeFunction', 'optimizationId', id, optional(text));
    if (id !== undefined) {
      const known = this.#configs.get(id);
      if (!known) throw new OptimizationError(`there is no optimisation "${id}"`);
      if (known.optimizationType !== type)
        throw new OptimizationError(`"${id}" is of type '${known.optimizationType}'`);
      return known;
    }
    const shared = this.listOptimizations(type).filter((one) => one.enabled && !this.#own.has(one.optimizationId));
    const [best] = shared;
    if (best) return best;
    const optimizationId = `${type}:${name || 'anonymous'}#${++this.#lastId}`;
    this.#own.add(optimizationId);
    return this.registerOptimization({ optimizationId, optimizationType: type, priority: 0 });
  }

  #isAllowed(type: OptimizationType): boolean {
    if (type === OptimizationType.CACHING) return this.config.enableCaching;
    return type !== OptimizationType.PARALLELIZATION || this.config.enableParallelization;
  }

  #withState(settings: OptimizationSettings): OptimizationSettings {
    return Object.freeze({ ...settings, enabled: !this.#disabled.has(settings.optimizationId) });
  }
}

function countsOf(results: readonly OptimizationResult[]): Record<OptimizationStatus, number> {
  const count = (status: OptimizationStatus) => results.filter((result) => result.status === status).length;
  const { PENDING, ACTIVE, COMPLETED, FAILED, DISABLED } = OptimizationStatus;
  return {
    pending: count(PENDING),
    active: count(ACTIVE),
    completed: count(COMPLETED),
    failed: count(FAILED),
    disabled: count(DISABLED),
  };
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}
