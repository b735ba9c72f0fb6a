import type { Subscription } from 'rxjs';
import { observeUncaughtErrors, type UncaughtError } from '../../collect/index.js';
import { Ring } from './ring.js';
import type { Signal, SignalContext } from './signal.js';

/** Errors and rejections that nobody caught. */
export interface ErrorFigures {
  /** Repeated ones each counted. */
  readonly count: number;
  /** The newest, oldest first. */
  readonly recent: readonly UncaughtError[];
}

const KEPT = 20;

/** Errors and rejections that nobody caught. */
export class ErrorsSignal implements Signal {
  readonly #recent = new Ring<UncaughtError>(KEPT);
  #count = 0;

  connect({ clock, environment, listen }: SignalContext): Subscription {
    return listen(observeUncaughtErrors({ clock, environment }), (error) => {
      this.#count += error.count;
      this.#recent.push(error);
    });
  }

  tell(figures: { errors?: ErrorFigures }): void {
    figures.errors = { count: this.#count, recent: this.#recent.items };
  }
}
