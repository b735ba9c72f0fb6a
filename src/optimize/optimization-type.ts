/** What is done to a function (seed 000: OptimizationType). */
export const OptimizationType = {
  /** Results are kept. */
  CACHING: 'caching',
  /** It runs in workers. */
  PARALLELIZATION: 'parallelization',
  /** The fastest of several implementations is taken. */
  ALGORITHM: 'algorithm',
  /** It runs in slices, and memory is given back when it is scarce. */
  MEMORY: 'memory',
  /** Calls under way are shared, limited and retried. */
  NETWORK: 'network',
  /** Operations are merged into one transaction. */
  DATABASE: 'database',
} as const;
export type OptimizationType = (typeof OptimizationType)[keyof typeof OptimizationType];

/** Where an optimisation stands (seed 000: OptimizationStatus). */
export const OptimizationStatus = {
  /** Not used yet. */
  PENDING: 'pending',
  /** In use; what it gains is not measured yet. */
  ACTIVE: 'active',
  /** In use, and measured. */
  COMPLETED: 'completed',
  /** It could not be applied; the function runs as it was. `details` says why. */
  FAILED: 'failed',
  /** Switched off; the function runs as it was. */
  DISABLED: 'disabled',
} as const;
export type OptimizationStatus = (typeof OptimizationStatus)[keyof typeof OptimizationStatus];
