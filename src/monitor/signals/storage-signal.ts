import type { Subscription } from 'rxjs';
import { observeStorage, type StorageReading } from '../../collect/index.js';
import type { Signal, SignalContext } from './signal.js';

/** What the origin stores, and what it may. */
export class StorageSignal implements Signal {
  #latest: StorageReading | undefined;

  connect({ clock, environment, traffic, listen }: SignalContext): Subscription {
    return listen(observeStorage({ clock, environment, traffic }), (reading) => {
      this.#latest = reading;
    });
  }

  tell(figures: { storage?: StorageReading }): void {
    if (this.#latest) figures.storage = this.#latest;
  }
}
