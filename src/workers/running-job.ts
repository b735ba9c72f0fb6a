import type { MonotonicMs } from '../core/units.js';
import type { Post } from './protocol.js';
import type { TaskContext } from './task.js';

/** A sign of life is sent this often at the most. */
const TICK_MS = 4;

/** The job that a server has under way, as the task sees it in `this`. */
export class RunningJob implements TaskContext {
  readonly id: number;
  aborted = false;
  /** The item under way, of a job over many. */
  at = -1;
  readonly #post: Post;
  #controller: AbortController | undefined;
  #tickedAt: MonotonicMs = 0;

  constructor(id: number, post: Post) {
    this.id = id;
    this.#post = post;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.aborted) this.#controller.abort();
    return this.#controller.signal;
  }

  progress(value: unknown): void {
    this.#post({ poise: 'progress', id: this.id, value });
  }

  abort(): void {
    this.aborted = true;
    this.#controller?.abort();
  }

  tick(now: MonotonicMs): void {
    if (now - this.#tickedAt < TICK_MS) return;
    this.#tickedAt = now;
    this.#post({ poise: 'tick', id: this.id });
  }
}
