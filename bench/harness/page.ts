import type { Bench, BenchOutline, Host, Readings } from './bench.js';

/** What the runner calls in the page. */
export interface BenchPage {
  outline(): BenchOutline;
  run(caseName: string, variant: string, quick: boolean): Promise<Readings>;
}

declare global {
  interface Window {
    poiseBench: BenchPage;
    /** The host's functions, put there by the runner. */
    poiseBenchHost: (call: keyof Host) => Promise<number>;
  }
}

/** Puts a benchmark into the page, where the runner finds it. */
export function mount(bench: Bench): void {
  const host: Host = {
    mainThreadMs: () => window.poiseBenchHost('mainThreadMs'),
    mainThreadCpuMs: () => window.poiseBenchHost('mainThreadCpuMs'),
    heapBytes: () => window.poiseBenchHost('heapBytes'),
    startInput: async () => void (await window.poiseBenchHost('startInput')),
    stopInput: async () => void (await window.poiseBenchHost('stopInput')),
  };
  window.poiseBench = {
    outline: () => ({
      isolation: bench.isolation,
      rounds: bench.rounds,
      cases: bench.cases.map(({ variants, ...rest }) => ({ ...rest, variants: Object.keys(variants) })),
    }),
    run: async (caseName, variant, quick) => {
      const run = bench.cases.find(({ name }) => name === caseName)?.variants[variant];
      if (!run) throw new Error(`no variant "${variant}" in case "${caseName}"`);
      return await run({ host, quick });
    },
  };
}
