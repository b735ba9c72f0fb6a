import type { Teardown } from '../core/disposer.js';
import type { Milliseconds } from '../core/units.js';
import { checkArgument, positiveInteger } from '../core/validate.js';
import type { Answer, CallOptions, FromTask, Job, JobSource } from './job.js';

/** How a map is made. */
export interface MapOptions extends Omit<CallOptions, 'onProgress'> {
  /** Items a message: a number, or what takes about 8 ms, as measured on the way. Default 'auto'. */
  readonly chunk?: number | 'auto' | undefined;
  /** Told after each chunk. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** @throws ConfigError */
export function checkMapOptions({ chunk }: MapOptions): void {
  if (chunk !== undefined && chunk !== 'auto') checkArgument('map', 'chunk', chunk, positiveInteger);
}

/** What a map needs of the pool. */
export interface MapHost {
  progress(done: number): void;
  /** What one item takes, if it is known. */
  costMs(): Milliseconds | undefined;
  readonly workers: number;
  make(items: readonly unknown[], resolve: (results: FromTask) => void, reject: (error: unknown) => void): Job;
}

const CHUNK_MS: Milliseconds = 8;

/** Gives a list of items away in chunks, sized as they are taken, and puts the results together in order. */
export class MapSource implements JobSource {
  readonly priority: number;
  readonly #items: readonly unknown[];
  readonly #options: MapOptions;
  readonly #host: MapHost;
  readonly #results: FromTask[];
  readonly #answer: Answer;
  /** Runs once, when the caller has its answer. */
  onSettled: Teardown | undefined;
  readonly #underWay = new Set<Job>();
  #at = 0;
  #done = 0;
  #over = false;

  constructor(items: readonly unknown[], options: MapOptions, host: MapHost, answer: Answer) {
    this.priority = options.priority ?? 0;
    this.#items = items;
    this.#options = options;
    this.#host = host;
    this.#results = new Array(items.length);
    this.#answer = answer;
  }

  get remaining(): number {
    return this.#over ? 0 : this.#items.length - this.#at;
  }

  next(): Job | undefined {
    if (this.remaining === 0) return undefined;
    const from = this.#at;
    this.#at = Math.min(this.#items.length, from + this.#chunk());
    const job = this.#host.make(
      this.#items.slice(from, this.#at),
      (results) => this.#take(job, from, results),
      (error) => this.cancel(error),
    );
    this.#underWay.add(job);
    return job.next();
  }

  /** Gives no more, and ends what is under way. */
  cancel(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.onSettled?.();
    this.#answer.reject(error);
    for (const job of this.#underWay) job.cancel(error);
  }

  #take(job: Job, from: number, results: FromTask[]): void {
    if (this.#over) return;
    this.#underWay.delete(job);
    for (let at = 0; at < results.length; at++) this.#results[from + at] = results[at];
    this.#done += results.length;
    this.#host.progress(this.#done);
    if (this.#done < this.#items.length) return;
    this.#over = true;
    this.onSettled?.();
    this.#answer.resolve(this.#results);
  }

  /** Towards the end the chunks get smaller, so that the workers finish together. */
  #chunk(): number {
    const { chunk = 'auto' } = this.#options;
    if (chunk !== 'auto') return chunk;
    const cost = this.#host.costMs();
    if (cost === undefined) return 1;
    const share = Math.ceil(this.remaining / (this.#host.workers * 2));
    return Math.max(1, Math.min(share, Math.floor(CHUNK_MS / Math.max(cost, 0.001))));
  }
}
