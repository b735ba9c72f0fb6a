/** What a PerformanceManager has done. */
export interface PerformanceManagerStats {
  /** Runs that have ended, and those of them that threw or rejected. */
  readonly measured: number;
  readonly failed: number;
  /** Runs under way. */
  readonly active: number;
  readonly components: number;
  /** Metrics in memory, and those that went to keep within the bounds. */
  readonly kept: number;
  readonly dropped: number;
  /** Metrics that the sink has taken, and that it has not. */
  readonly persisted: number;
  readonly notPersisted: number;
  /** Where the main thread's use during async runs comes from. */
  readonly mainThreadSource: 'longtask' | 'unsupported';
}
