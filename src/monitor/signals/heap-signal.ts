import type { Subscription } from 'rxjs';
import type { HeapReading } from '../../core/heap-reading.js';
import { Ring } from './ring.js';
import type { Signal, SignalContext } from './signal.js';

/** The heap, as it is read at each look of the monitor. */
export interface HeapFigures {
  /** Undefined where the browser gives none, or has not yet. */
  readonly latest: HeapReading | undefined;
  /** The newest, oldest first; all from one source. */
  readonly recent: readonly HeapReading[];
}

const KEPT = 240;

/** How much memory the page takes. */
export class HeapSignal implements Signal {
  readonly #recent = new Ring<HeapReading>(KEPT);
  #latest: HeapReading | undefined;

  connect({ heap$, listen }: SignalContext): Subscription {
    return listen(heap$, (reading) => {
      this.#latest = reading;
      this.#recent.push(reading);
    });
  }

  tell(figures: { heap?: HeapFigures }): void {
    figures.heap = { latest: this.#latest, recent: this.#recent.items };
  }
}
