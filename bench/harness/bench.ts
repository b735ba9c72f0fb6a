/** What a benchmark measures of each variant. */
export interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
}

/** What the benchmark asks of the variant `poise`; checked on the medians. */
export type Bar =
  | { readonly metric: string; readonly atMost: number }
  | { readonly metric: string; readonly atLeast: number }
  | { readonly metric: string; readonly atMostTimes: number; readonly of: string }
  | { readonly metric: string; readonly atLeastTimes: number; readonly of: string }
  | { readonly noPeerBetterOn: readonly string[]; readonly peers: readonly string[] };

/** What the machine outside the page does for a run. */
export interface Host {
  /** Milliseconds that the page's main thread has been busy since it was opened. */
  mainThreadMs(): Promise<number>;
  /** Milliseconds of processor time that the main thread has had: other work on the machine does not count. */
  mainThreadCpuMs(): Promise<number>;
  /** Bytes of the page's JavaScript heap that are in use after a garbage collection. */
  heapBytes(): Promise<number>;
  /** Presses keys and clicks about ten times a second, as a person's input arrives, until `stopInput`. */
  startInput(): Promise<void>;
  stopInput(): Promise<void>;
}

/** What a variant is given for one run. */
export interface RunContext {
  readonly host: Host;
  /** True for a short look rather than figures to keep. */
  readonly quick: boolean;
}

/** One reading for each metric of the case; NaN where the run had nothing to measure. */
export type Readings = Readonly<Record<string, number>>;
export type Variant = (context: RunContext) => Readings | Promise<Readings>;

export interface BenchCase {
  readonly name: string;
  readonly metrics: readonly Metric[];
  /** `poise` and what it is compared with. */
  readonly variants: Readonly<Record<string, Variant>>;
  readonly bars: readonly Bar[];
  /** Whether the variants of a round run at the same time, each in its page: for pages that do next to nothing. */
  readonly together?: boolean;
}

/** The default export of `bench/<name>.bench.ts`. */
export interface Bench {
  /** 'page': every run has a page of its own, in one browser session. 'case': the runs of a case share one. */
  readonly isolation: 'page' | 'case';
  /** Runs of every variant, unless the command line says how many. Default 5; many for runs so short that they vary. */
  readonly rounds?: number;
  readonly cases: readonly BenchCase[];
}

/** A benchmark as the runner sees it: without the functions, which stay in the page. */
export interface BenchOutline {
  readonly isolation: Bench['isolation'];
  readonly rounds: Bench['rounds'];
  readonly cases: readonly (Omit<BenchCase, 'variants'> & { readonly variants: readonly string[] })[];
}
