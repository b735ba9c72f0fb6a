import type { Subscription } from 'rxjs';
import { type NetworkEntry, observeNetwork } from '../../collect/index.js';
import { isFailed } from '../../collect/network/network-entry.js';
import type { Bytes } from '../../core/units.js';
import { Ring } from './ring.js';
import type { Signal, SignalContext } from './signal.js';

/** The requests that were captured since the monitor was made. */
export interface NetworkFigures {
  readonly requests: number;
  /** Those that had no response, or one of 400 or more; without those that the app gave up. */
  readonly failed: number;
  readonly aborted: number;
  /** Of bodies, as far as their size is known. */
  readonly sentBytes: Bytes;
  readonly receivedBytes: Bytes;
  /** The newest, oldest first. */
  readonly recent: readonly NetworkEntry[];
}

const KEPT = 200;

/** The requests that the page makes; each goes to memory and log as well. */
export class NetworkSignal implements Signal {
  readonly #recent = new Ring<NetworkEntry>(KEPT);
  #counts = { requests: 0, failed: 0, aborted: 0, sentBytes: 0, receivedBytes: 0 };

  connect({ clock, environment, settings, keep, listen }: SignalContext): Subscription {
    const { networkHeaders: headers, networkBodies: bodies } = settings.collect;
    const { maxBodySize } = settings;
    return listen(observeNetwork({ headers, bodies, maxBodySize }, { clock, environment }), (entry) => {
      this.#record(entry);
      keep(entry);
    });
  }

  tell(figures: { network?: NetworkFigures }): void {
    figures.network = { ...this.#counts, recent: this.#recent.items };
  }

  #record(entry: NetworkEntry): void {
    const { aborted, requestBytes = 0, responseBytes = 0 } = entry;
    this.#counts.requests++;
    if (aborted) this.#counts.aborted++;
    if (isFailed(entry)) this.#counts.failed++;
    this.#counts.sentBytes += requestBytes;
    this.#counts.receivedBytes += responseBytes;
    this.#recent.push(entry);
  }
}
