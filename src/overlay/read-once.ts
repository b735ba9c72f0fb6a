import type { OverlaySource } from './overlay-source.js';

/** What is read of a part. Each is a copy of all it has to tell, and some take a tenth of a millisecond. */
const READINGS = new Set<PropertyKey>(['stats', 'getReport', 'getStats', 'getMemoryReport', 'getPerformanceStats']);

/** A source of which each part is read once a turn, however many panels and findings ask for it. */
export class ReadOnce {
  readonly source: OverlaySource;
  /** The parts as they are handed out; a source may get parts while it is looked at. */
  readonly #parts = new WeakMap<object, object>();
  #taken = new WeakMap<object, Map<PropertyKey, unknown>>();

  constructor(source: OverlaySource) {
    const handedOut = <Part extends object>(part: Part | undefined) => this.#handedOut(part);
    this.source = {
      get throttler() {
        return handedOut(source.throttler);
      },
      get resources() {
        return handedOut(source.resources);
      },
      get memory() {
        return handedOut(source.memory);
      },
      get leaks() {
        return handedOut(source.leaks);
      },
      get logs() {
        return handedOut(source.logs);
      },
      get caches() {
        return handedOut(source.caches);
      },
      get workers() {
        return source.workers;
      },
      get monitor() {
        return handedOut(source.monitor);
      },
    };
  }

  /** Begins a turn: everything is read anew. */
  next(): void {
    this.#taken = new WeakMap();
  }

  #handedOut<Part extends object>(part: Part | undefined): Part | undefined {
    if (!part) return undefined;
    const known = this.#parts.get(part);
    // Made of an object that inherits from the part: a proxy may not answer differently for what is frozen itself.
    const made = known ?? new Proxy(Object.create(part), { get: (_target, name) => this.#member(part, name) });
    this.#parts.set(part, made);
    return made;
  }

  #member(part: object, name: PropertyKey): unknown {
    const read = (): unknown => Reflect.get(part, name);
    if (name === 'stats') return this.#once(part, name, read);
    const value = read();
    // Called on the part itself, which alone has its private fields.
    if (typeof value !== 'function') return value;
    const call = value.bind(part);
    return READINGS.has(name) ? () => this.#once(part, name, call) : call;
  }

  #once(part: object, name: PropertyKey, read: () => unknown): unknown {
    let taken = this.#taken.get(part);
    if (!taken) {
      taken = new Map();
      this.#taken.set(part, taken);
    }
    if (!taken.has(name)) taken.set(name, read());
    return taken.get(name);
  }
}
