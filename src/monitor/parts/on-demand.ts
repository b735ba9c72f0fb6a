import { disposeSymbol } from '../../core/disposer.js';
import type { Lifecycle } from '../../core/lifecycle.js';

/**
 * What a part looks after. It is made when somebody first asks for it, so that what is switched on and not used costs
 * nothing, and runs while the part does. One that the app has made itself is there from the beginning, and its life is
 * left to the app.
 */
export class OnDemand<Thing extends Lifecycle> implements Lifecycle {
  readonly #given: Thing | undefined;
  readonly #make: () => Thing;
  #own: Thing | undefined;
  #running = false;
  #disposed = false;

  constructor(given: Thing | undefined, make: () => Thing) {
    this.#given = given;
    this.#make = make;
  }

  /** The thing, as far as it is there already. */
  get made(): Thing | undefined {
    return this.#given ?? this.#own;
  }

  /** The thing, made now if it is not there. */
  get(): Thing {
    return this.made ?? this.#makeOwn();
  }

  start(): void {
    this.#running = true;
    this.#own?.start();
  }

  stop(): void {
    this.#running = false;
    this.#own?.stop();
  }

  [disposeSymbol](): void {
    this.#disposed = true;
    this.#own?.[disposeSymbol]();
  }

  #makeOwn(): Thing {
    const own = this.#make();
    this.#own = own;
    // As it would be, had it been there all the time.
    if (this.#disposed) own[disposeSymbol]();
    else if (this.#running) own.start();
    return own;
  }
}
