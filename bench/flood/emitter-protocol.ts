/** Times are epoch milliseconds with fractions, so that page and worker agree. */
export interface FloodSettings {
  readonly cells: number;
  readonly updatesPerSecond: number;
}

/** What a cell showed right before a frame was painted. */
export interface FrameSample {
  readonly at: number;
  readonly shown: Uint32Array;
}

/** Updates in the order in which they were emitted: the cell of each, and its number among the cell's updates, from 1. */
export interface Batch {
  readonly cells: Uint32Array;
  readonly sequences: Uint32Array;
}

export type ToEmitter =
  | { readonly type: 'start'; readonly settings: FloodSettings }
  | { readonly type: 'judge'; readonly samples: readonly FrameSample[] };
export type FromEmitter =
  | ({ readonly type: 'batch' } & Batch)
  | { readonly type: 'verdict'; readonly stalenessP95Ms: number };
