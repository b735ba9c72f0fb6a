import type { Environment } from '../../core/environment.js';
import type { MonotonicMs } from '../../core/units.js';

/** Long tasks that are remembered; operations that began before the oldest of them are not told a share. */
const MOST_TASKS = 500;

/**
 * When the main thread was busy, from the browser's long tasks (https://w3c.github.io/longtasks/). A long animation
 * frame would not do: between the tasks of one the main thread may rest.
 */
export class BusyTime {
  readonly #environment: Pick<Environment, 'PerformanceObserver'>;
  #observer: PerformanceObserver | undefined;
  #tasks: { readonly start: MonotonicMs; readonly end: MonotonicMs }[] = [];
  /** Everything from here on is known. */
  #since: MonotonicMs = Number.POSITIVE_INFINITY;

  constructor(environment: Pick<Environment, 'PerformanceObserver'>) {
    this.#environment = environment;
  }

  get supported(): boolean {
    return this.#environment.PerformanceObserver?.supportedEntryTypes?.includes('longtask') ?? false;
  }

  start(now: MonotonicMs): void {
    const Observer = this.#environment.PerformanceObserver;
    if (this.#observer || !Observer || !this.supported) return;
    this.#since = now;
    this.#observer = new Observer((list) => this.#add(list.getEntries()));
    this.#observer.observe({ type: 'longtask' });
  }

  stop(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#tasks = [];
    this.#since = Number.POSITIVE_INFINITY;
  }

  /** The share of a period in long tasks, 0 to 100; `undefined` where it is not known. The task under way is not known. */
  percent(start: MonotonicMs, end: MonotonicMs): number | undefined {
    this.#add(this.#observer?.takeRecords() ?? []);
    if (start < this.#since || end <= start) return undefined;
    let busy = 0;
    for (const task of this.#tasks) busy += Math.max(0, Math.min(end, task.end) - Math.max(start, task.start));
    return Math.min(100, (100 * busy) / (end - start));
  }

  #add(entries: readonly PerformanceEntry[]): void {
    for (const { startTime, duration } of entries) this.#tasks.push({ start: startTime, end: startTime + duration });
    if (this.#tasks.length <= MOST_TASKS) return;
    const gone = this.#tasks.splice(0, this.#tasks.length - MOST_TASKS).at(-1);
    if (gone) this.#since = Math.max(this.#since, gone.end);
  }
}
