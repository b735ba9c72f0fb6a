import { type GivenParts, PerformanceMonitor } from 'poise/monitor';

/** Everything that poise can watch of a page, with the parts that the page has made already. */
export function startMonitor(parts: GivenParts = {}): PerformanceMonitor {
  const monitor = new PerformanceMonitor(
    { logName: 'demo', checkIntervalMs: 2_000, collect: { network: true, networkHeaders: true } },
    { parts },
  );
  void monitor.start();
  return monitor;
}
