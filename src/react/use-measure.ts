import { useCallback } from 'react';

/** What measures: a `PerformanceManager`. */
export interface Measurer {
  measurePerformance<Args extends readonly unknown[], Result>(
    componentId: string,
    operation: string,
    fn: (...args: Args) => Result,
    ...args: Args
  ): Result;
}

/** Measures work of a component: gives a function that stays the same, takes an operation's name and the work, and gives its result. */
export function useMeasure(
  componentId: string,
  measurer: Measurer,
): <Result>(operation: string, work: () => Result) => Result {
  return useCallback(
    <Result>(operation: string, work: () => Result) => measurer.measurePerformance(componentId, operation, work),
    [componentId, measurer],
  );
}
