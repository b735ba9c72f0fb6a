import { Subscription } from 'rxjs';
import type { Disposer } from '../../core/disposer.js';
import type { SelfCost } from '../self-cost.js';
import type { PageFigures } from './page-figures.js';
import type { Signal, SignalContext } from './signal.js';

/** One line a signal. Its code is loaded when it is switched on, and not before. */
const LOADERS: { readonly [Name in keyof PageFigures]-?: () => Promise<Signal> } = {
  webVitals: async () => new (await import('./web-vitals-signal.js')).WebVitalsSignal(),
  frames: async () => new (await import('./frames-signal.js')).FramesSignal(),
  longFrames: async () => new (await import('./long-frames-signal.js')).LongFramesSignal(),
  heap: async () => new (await import('./heap-signal.js')).HeapSignal(),
  pressure: async () => new (await import('./pressure-signal.js')).PressureSignal(),
  storage: async () => new (await import('./storage-signal.js')).StorageSignal(),
  resourceTiming: async () => new (await import('./resource-timing-signal.js')).ResourceTimingSignal(),
  errors: async () => new (await import('./errors-signal.js')).ErrorsSignal(),
  network: async () => new (await import('./network-signal.js')).NetworkSignal(),
};

interface SignalsContext extends SignalContext {
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

  /** Connects what is switched on until `running` ends; its code is loaded at the first time. Rejects when it can't be. */
  async start(running: Disposer): Promise<void> {
    this.#signals ??= this.#load();
    this.#loaded = await this.#signals;
    if (running.disposed) return;
    const all = new Subscription();
    running.add(() => all.unsubscribe());
    const { cost, onError } = this.#context;
    for (const signal of this.#loaded)
      all.add(signal.connect(this.#context).subscribe({ next: (take) => cost.run(take), error: onError }));
  }

  async #load(): Promise<readonly Signal[]> {
    const on = Object.entries(LOADERS).filter(([name]) => Reflect.get(this.#context.settings.collect, name) === true);
    try {
      return await Promise.all(on.map(([, load]) => load()));
    } catch (cause) {
      // The next start tries again.
      this.#signals = undefined;
      throw cause;
    }
  }
}
