/** How bad a finding is (seed 000: MemorySeverity, PerformanceSeverity). */
export const Severity = {
  INFO: 'info',
  WARNING: 'warning',
  ERROR: 'error',
  CRITICAL: 'critical',
} as const;
export type Severity = (typeof Severity)[keyof typeof Severity];

const WORST_FIRST: readonly Severity[] = [Severity.CRITICAL, Severity.ERROR, Severity.WARNING, Severity.INFO];

/** Sorts what has a severity, the worst first. */
export const worstFirst = (a: { readonly severity: Severity }, b: { readonly severity: Severity }): number =>
  WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity);
