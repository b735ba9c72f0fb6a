/** What makes a leak visible: one detector each. */
export const LeakKind = {
  /** What is left after collections grows with time. */
  HEAP_TREND: 'heap-trend',
  /** More and more tracked objects of a component live. */
  LIVE_OBJECTS: 'live-objects',
  /** More and more elements live that were taken out of the document. */
  DETACHED_NODES: 'detached-nodes',
  /** What is left after collections grows with each run of an operation. */
  OPERATION_GROWTH: 'operation-growth',
} as const;
export type LeakKind = (typeof LeakKind)[keyof typeof LeakKind];
