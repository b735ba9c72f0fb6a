import type { Subscription } from 'rxjs';
import type { ResourceTiming } from '../../collect/index.js';
import {
  observeResources,
  type ResourceFound,
  toResourceTiming,
  transferBytesOf,
} from '../../collect/resource-timing.js';
import type { Bytes, MonotonicMs } from '../../core/units.js';
import { Ring } from './ring.js';
import type { Signal, SignalContext } from './signal.js';

/** What the page has loaded. */
export interface ResourceTimingFigures {
  readonly count: number;
  /** With headers, as far as other origins let the page know. */
  readonly transferredBytes: Bytes;
  /** How many kept their size to themselves. */
  readonly unsized: number;
  /** The newest, oldest first. */
  readonly recent: readonly ResourceTiming[];
}

const KEPT = 50;

/** An entry in poise's terms: read when it is first asked for, as most never are, and then kept. */
function late(found: ResourceFound): () => ResourceTiming {
  let timing: ResourceTiming | undefined;
  return () => {
    timing ??= toResourceTiming(found);
    return timing;
  };
}

/** What the page has loaded. */
export class ResourceTimingSignal implements Signal {
  readonly #recent = new Ring<() => ResourceTiming>(KEPT);
  #count = 0;
  #transferredBytes: Bytes = 0;
  #unsized = 0;
  #toldUntil: MonotonicMs = Number.NEGATIVE_INFINITY;

  connect({ environment, listen }: SignalContext): Subscription {
    // After a restart the browser tells again what its buffer still holds.
    const from = this.#toldUntil;
    return listen(observeResources(environment), (found) => {
      if (found.entry.startTime > from) this.#record(found);
    });
  }

  tell(figures: { resourceTiming?: ResourceTimingFigures }): void {
    figures.resourceTiming = {
      count: this.#count,
      transferredBytes: this.#transferredBytes,
      unsized: this.#unsized,
      recent: this.#recent.items.map((read) => read()),
    };
  }

  #record(found: ResourceFound): void {
    const transferBytes = transferBytesOf(found.entry);
    this.#toldUntil = Math.max(this.#toldUntil, found.entry.startTime);
    this.#count++;
    this.#transferredBytes += transferBytes ?? 0;
    if (transferBytes === undefined) this.#unsized++;
    this.#recent.push(late(found));
  }
}
