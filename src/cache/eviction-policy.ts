/** Which entry goes when a cache is full. */
export const EvictionPolicy = {
  /** The least recently used. */
  LRU: 'lru',
  /** The least frequently used; among equals the least recently used. */
  LFU: 'lfu',
  /** Any. */
  RANDOM: 'random',
  /** Weighs recency against frequency, and learns which counts from the hits. The best hit ratio on most workloads. */
  ADAPTIVE: 'adaptive',
} as const;
export type EvictionPolicy = (typeof EvictionPolicy)[keyof typeof EvictionPolicy];
