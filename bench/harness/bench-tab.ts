import type { BrowserContext, Page } from 'playwright';
import type { BenchOutline, Host, Readings } from './bench.js';
import { InputDriver } from './input.js';

/** One page that a benchmark runs in, with the host's functions behind it. */
export interface BenchTab {
  outline(): Promise<BenchOutline>;
  run(caseName: string, variant: string, quick: boolean): Promise<Readings>;
  close(): Promise<void>;
}

export async function openTab(context: BrowserContext, url: string): Promise<BenchTab> {
  const page = await context.newPage();
  const failures: Error[] = [];
  page.on('pageerror', (error) => failures.push(error));
  await provideHost(page);
  await page.goto(url);
  await page.waitForFunction(() => 'poiseBench' in window);
  return {
    outline: () => page.evaluate(() => window.poiseBench.outline()),
    run: async (caseName, variant, quick) => {
      const readings = await page.evaluate(([c, v, q]) => window.poiseBench.run(c, v, q), [
        caseName,
        variant,
        quick,
      ] as const);
      if (failures[0]) throw new Error(`${caseName}, ${variant}: the page failed`, { cause: failures[0] });
      return readings;
    },
    close: () => page.close(),
  };
}

async function provideHost(page: Page): Promise<void> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Performance.enable', { timeDomain: 'timeTicks' });
  const input = new InputDriver(page);
  const seconds = async (metric: string) => {
    const { metrics } = await protocol.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === metric)?.value ?? Number.NaN) * 1_000;
  };
  const host: Record<keyof Host, () => number | Promise<number>> = {
    mainThreadMs: () => seconds('TaskDuration'),
    mainThreadCpuMs: () => seconds('ThreadTime'),
    heapBytes: async () => {
      // What finalisers let go of in the first goes in the second.
      for (let n = 0; n < 2; n++) await protocol.send('HeapProfiler.collectGarbage');
      return (await protocol.send('Runtime.getHeapUsage')).usedSize;
    },
    startInput: () => {
      input.start();
      return 0;
    },
    stopInput: async () => {
      await input.stop();
      return 0;
    },
  };
  await page.exposeFunction('poiseBenchHost', (call: keyof Host) => host[call]());
}
