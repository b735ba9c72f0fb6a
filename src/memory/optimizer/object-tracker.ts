import type { Environment } from '../../core/environment.js';
import type { Bytes } from '../../core/units.js';
import type { ComponentCount } from '../leaks/leak-detector.js';

interface Component {
  readonly componentId: string;
  readonly known: WeakSet<object>;
  live: number;
  bytes: Bytes;
}

/** What is left of an object whose size was known. */
interface Sized {
  readonly component: Component;
  readonly bytes: Bytes;
}

/** Counts living objects for each component, and never is the reason why one lives. */
export class ObjectTracker {
  readonly #components = new Map<string, Component>();
  readonly #registry: FinalizationRegistry<Component | Sized> | undefined;
  #live = 0;
  #bytes: Bytes = 0;

  constructor({ FinalizationRegistry: Registry }: Environment) {
    this.#registry = Registry && new Registry((held) => this.#end(held));
  }

  get supported(): boolean {
    return this.#registry !== undefined;
  }

  /** All that were not collected yet. */
  get live(): number {
    return this.#live;
  }

  /** Of those, as far as known. */
  get bytes(): Bytes {
    return this.#bytes;
  }

  /** Counts an object while it lives, once a component. Without `bytes`, only the size of buffers and blobs is known. */
  track(object: object, componentId: string, bytes: Bytes = sizeOf(object)): void {
    if (!this.#registry) return;
    const component = this.#components.get(componentId) ?? this.#add(componentId);
    if (component.known.has(object)) return;
    component.known.add(object);
    component.live++;
    this.#live++;
    if (bytes > 0) {
      component.bytes += bytes;
      this.#bytes += bytes;
    }
    this.#registry.register(object, bytes > 0 ? { component, bytes } : component);
  }

  counts(): ComponentCount[] {
    return [...this.#components.values()].map(({ componentId, live, bytes }) => ({ componentId, live, bytes }));
  }

  liveOf(componentId: string): number {
    return this.#components.get(componentId)?.live ?? 0;
  }

  #add(componentId: string): Component {
    const component = { componentId, known: new WeakSet<object>(), live: 0, bytes: 0 };
    this.#components.set(componentId, component);
    return component;
  }

  #end(held: Component | Sized): void {
    const component = 'component' in held ? held.component : held;
    const bytes = 'component' in held ? held.bytes : 0;
    component.live--;
    component.bytes -= bytes;
    this.#live--;
    this.#bytes -= bytes;
  }
}

function sizeOf(object: object): Bytes {
  if (object instanceof ArrayBuffer || ArrayBuffer.isView(object)) return object.byteLength;
  return typeof Blob !== 'undefined' && object instanceof Blob ? object.size : 0;
}
