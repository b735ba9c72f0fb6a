import { map, type Observable } from 'rxjs';
import { observeStorage, type StorageReading } from '../../collect/index.js';
import type { Signal, SignalContext, Take } from './signal.js';

/** What the origin stores, and what it may. */
export class StorageSignal implements Signal {
  #latest: StorageReading | undefined;

  connect({ clock, environment, traffic }: SignalContext): Observable<Take> {
    return observeStorage({ clock, environment, traffic }).pipe(
      map((reading) => () => {
        this.#latest = reading;
      }),
    );
  }

  tell(figures: { storage?: StorageReading }): void {
    if (this.#latest) figures.storage = this.#latest;
  }
}
