import { type Observable, Subscription } from 'rxjs';
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

type Name = keyof PageFigures;
type Urgent = 'errors' | 'network';

/** One line a signal. These miss what comes before they are connected; one that is large is loaded when it is switched on. */
const URGENT: { readonly [_ in Urgent]: (code: PartCode) => Signal | Promise<Signal> } = {
  errors: () => new ErrorsSignal(),
  network: async ({ network }) => new (await network()).NetworkSignal(),
};

/** These can wait until the page has time. They come with the monitor: a file of its own costs the page more than each holds. */
const LATE: { readonly [_ in Exclude<Name, Urgent>]-?: () => Signal } = {
  // web-vitals itself is loaded by its collector.
  webVitals: () => new WebVitalsSignal(),
  frames: () => new FramesSignal(),
  longFrames: () => new LongFramesSignal(),
  heap: () => new HeapSignal(),
  pressure: () => new PressureSignal(),
  storage: () => new StorageSignal(),
  resourceTiming: () => new ResourceTimingSignal(),
};

interface SignalsContext extends Omit<SignalContext, 'listen'> {
  readonly code: PartCode;
  readonly cost: SelfCost;
  /** Takes what a collector failed with. */
  readonly onError: (cause: unknown) => void;
}

/** The collectors that are switched on, and what they have told. */
export class Signals {
  readonly #context: SignalsContext & SignalContext;
  readonly #made = new Map<string, Signal>();

  constructor(context: SignalsContext) {
    this.#context = { ...context, listen: (source, take) => this.#listen(source, take) };
  }

  get figures(): PageFigures {
    const figures: PageFigures = {};
    for (const signal of this.#made.values()) signal.tell(figures);
    return figures;
  }

  /** One of the figures, without the making of the others. */
  figure<One extends Name>(name: One): PageFigures[One] {
    const figures: PageFigures = {};
    this.#made.get(name)?.tell(figures);
    return figures[name];
  }

  /**
   * Connects what is switched on until `running` ends; its code is loaded at the first time. Rejects when it can't be; the
   * next start tries again.
   * @returns what is left to do: each connects one that can wait
   */
  async start(running: Disposer): Promise<(() => void)[]> {
    const all = new Subscription();
    running.add(() => all.unsubscribe());
    const { code } = this.#context;
    const connect = (name: string, signal: Signal) => {
      this.#made.set(name, signal);
      if (running.disposed) return;
      all.add(signal.connect(this.#context));
    };
    await Promise.all(
      this.#on(URGENT).map(async ([name, load]) => connect(name, this.#made.get(name) ?? (await load(code)))),
    );
    return this.#on(LATE).map(
      ([name, make]) =>
        () =>
          connect(name, this.#made.get(name) ?? make()),
    );
  }

  #listen<Value>(source: Observable<Value>, take: (value: Value) => void): Subscription {
    const { cost, onError } = this.#context;
    return source.subscribe({ next: (value) => cost.run(() => take(value)), error: onError });
  }

  #on<Make>(signals: Readonly<Record<string, Make>>): [string, Make][] {
    return Object.entries(signals).filter(([name]) => Reflect.get(this.#context.settings.collect, name) === true);
  }
}
