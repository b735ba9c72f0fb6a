/** How the rate of refreshes is set (seed 004: ThrottleMode). */
export const ThrottleMode = {
  /** At most the configured rate, evenly. */
  FIXED: 'fixed',
  /** Follows measured frame times: as fast as the configured rate and the display allow, slower under load. */
  ADAPTIVE: 'adaptive',
  /** A token bucket: every frame while tokens last, then at the rate at which they come back. */
  BURST: 'burst',
} as const;
export type ThrottleMode = (typeof ThrottleMode)[keyof typeof ThrottleMode];
