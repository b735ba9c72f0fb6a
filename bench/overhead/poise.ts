export { evaluationBegan } from './evaluation.js';

import { PerformanceMonitor } from '../../src/monitor/everything/index.js';

/** With everything that it has. */
export async function start(): Promise<void> {
  const monitor = new PerformanceMonitor({
    logName: `overhead-${crypto.randomUUID()}`,
    collect: { network: true, networkHeaders: true, networkBodies: true },
  });
  monitor.errors$.subscribe((error) => {
    throw error;
  });
  await monitor.start();
}
