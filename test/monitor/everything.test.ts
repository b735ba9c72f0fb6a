import { expect, test } from 'vitest';
import { disposeSymbol } from '../../src/core/index.js';
import { PerformanceMonitor as Everything } from '../../src/monitor/everything/index.js';
import { PerformanceMonitor } from '../../src/monitor/index.js';

test('the monitor of one file has the same parts and figures as the one that loads them', async () => {
  const names = [0, 1].map(() => `everything-${crypto.randomUUID()}`);
  const monitors = [
    new Everything({ logName: names[0] ?? '', collect: { network: true } }),
    new PerformanceMonitor({ logName: names[1] ?? '', collect: { network: true } }),
  ];
  try {
    for (const monitor of monitors) await monitor.start();
    const [one, other] = monitors.map((monitor) => monitor.getPerformanceStats());
    expect(Object.keys(one ?? {})).toEqual(Object.keys(other ?? {}));
    expect(one).toMatchObject({
      memory: expect.anything(),
      leaks: expect.anything(),
      logs: expect.anything(),
      throttling: expect.anything(),
      resources: expect.anything(),
      operations: expect.anything(),
    });
    expect(one?.page.network).toBeDefined();
  } finally {
    const logs = monitors.map((monitor) => monitor.getLogRotator());
    for (const monitor of monitors) monitor[disposeSymbol]();
    for (const log of logs) await log?.flush();
    for (const name of names) indexedDB.deleteDatabase(`poise-logs:${name}`);
  }
});
