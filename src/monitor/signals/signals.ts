import { Subscription } from 'rxjs';
import type { Disposer } from '../../core/disposer.js';
import type { PartCode } from '../parts/part-code.js';
import type { SelfCost } from '../self-cost.js';
import { ErrorsSignal } from './errors-signal.js';
import { FramesSignal } from './frames-signal.js';
import { HeapSignal } from './heap-signal.js';
import { LongFramesSignal } from './long-frames-signal.js';
import type { PageFigures } from './page-figures.js';
import { PressureSignal } from './pressure-signal.js';
import { ResourceTimingSignal } from './resource-timing-signal.js';
import type { Signal, SignalContext } from './signal.js';
import { StorageSignal } from './storage-signal.js';
import { WebVitalsSignal } from './web-vitals-signal.js';

/**
 * One line a signal. Those that are small come with the monitor: a file of its own costs the page more than it holds.
 * The others are loaded when they are switched on, and not before.
 */
const LOADERS: { readonly [Name in keyof PageFigures]-?: (code: PartCode) => Signal | Promise<Signal> } = {
  // web-vitals itself is loaded by its collector.
  webVitals: () => new WebVitalsSignal(),
  frames: () => new FramesSignal(),
  longFrames: () => new LongFramesSignal(),
  heap: () => new HeapSignal(),
  pressure: () => new PressureSignal(),
  storage: () => new StorageSignal(),
  resourceTiming: () => new ResourceTimingSignal(),
  errors: () => new ErrorsSignal(),
  network: async ({ network }) => new (await network()).NetworkSignal(),
};

interface SignalsContext extends SignalContext {
  readonly code: PartCode;
  readonly cost: SelfCost;
  /** Takes what a collector failed with. */
  readonly onError: (cause: unknown) => void;
}

/** The collectors that are switched on, and what they have told. */
export class Signals {
  readonly #context: SignalsContext;
  #signals: Promise<readonly Signal[]> | undefined;
  #loaded: readonly Signal[] = [];

  constructor(context: SignalsContext) {
    this.#context = context;
  }

  get figures(): PageFigures {
    const figures: PageFigures = {};
    for (const signal of this.#loaded) signal.tell(figures);
    return figures;
  }

  /**
   * Connects what is switched on until `running` ends; its code is loaded at the first time. Rejects when it can't be.
   * @returns what is left to do: each connects one that can wait
   */
  async start(running: Disposer): Promise<(() => void)[]> {
    this.#signals ??= this.#load();
    this.#loaded = await this.#signals;
    if (running.disposed) return [];
    const all = new Subscription();
    running.add(() => all.unsubscribe());
    const { cost, onError } = this.#context;
    const connect = (signal: Signal) => {
      all.add(signal.connect(this.#context).subscribe({ next: (take) => cost.run(take), error: onError }));
    };
    for (const signal of this.#loaded) if (signal.urgent) connect(signal);
    return this.#loaded.filter(({ urgent }) => !urgent).map((signal) => () => connect(signal));
  }

  async #load(): Promise<readonly Signal[]> {
    const on = Object.entries(LOADERS).filter(([name]) => Reflect.get(this.#context.settings.collect, name) === true);
    try {
      return await Promise.all(on.map(([, load]) => load(this.#context.code)));
    } catch (cause) {
      // The next start tries again.
      this.#signals = undefined;
      throw cause;
    }
  }
}
