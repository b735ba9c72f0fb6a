import type { Batch, FrameSample } from './emitter-protocol.js';
import { percentile } from './percentile.js';

/** When each update of each cell was emitted; knows it also for those that the page has not taken in yet. */
export class Emissions {
  /** By cell; the update with sequence number n is at n - 1. */
  readonly #times: number[][];

  constructor(cells: number) {
    this.#times = Array.from({ length: cells }, () => []);
  }

  /** Emits updates of random cells. */
  emit(count: number, at: number): Batch {
    const cells = Uint32Array.from({ length: count }, () => Math.floor(Math.random() * this.#times.length));
    return { cells, sequences: cells.map((cell) => this.#times[cell]?.push(at) ?? 0) };
  }

  /**
   * Staleness of a cell at a frame: how long ago the oldest update that it does not yet show, itself or
   * through a newer one, was emitted; 0 where it shows the newest. The 95th percentile over all cells and frames.
   */
  stalenessP95(samples: readonly FrameSample[]): number {
    const staleness = samples.flatMap(({ at, shown }) =>
      this.#times.map((times, cell) => Math.max(0, at - (times[shown[cell] ?? 0] ?? at))),
    );
    return percentile(staleness, 0.95);
  }
}
