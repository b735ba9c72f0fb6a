/** Ends a resource, which it is given. */
export type Cleanup<T extends object = object> = (resource: T) => unknown;

/** How the registry holds on to a resource and to what ends it. */
export interface Holding {
  readonly kind: string;
  /** The object; undefined once it is gone. */
  deref(): object | undefined;
  /** Starts the clean-up and gives its result. Throws what it throws; does nothing for an object that is gone. */
  end(): unknown;
}

/** Holds an object weakly; what ends it needs nothing but the object. */
export class KnownHolding<T extends object> implements Holding {
  readonly kind: string;
  readonly #reference: WeakRef<T>;
  readonly #end: Cleanup<T>;

  constructor(kind: string, resource: T, end: Cleanup<T>) {
    this.kind = kind;
    this.#reference = new WeakRef(resource);
    this.#end = end;
  }

  deref(): T | undefined {
    return this.#reference.deref();
  }

  end(): unknown {
    const resource = this.deref();
    return resource && this.#end(resource);
  }
}

/**
 * Holds an object weakly, and the app's clean-up for as long as the object lives: the clean-up is the value of a
 * WeakMap whose key is the object, so one that closes over the object does not keep it alive.
 */
export class WeakHolding<T extends object> implements Holding {
  readonly kind = 'custom';
  readonly #reference: WeakRef<T>;
  readonly #cleanups = new WeakMap<T, Cleanup<T>>();

  constructor(resource: T, cleanup: Cleanup<T>) {
    this.#reference = new WeakRef(resource);
    this.#cleanups.set(resource, cleanup);
  }

  deref(): T | undefined {
    return this.#reference.deref();
  }

  end(): unknown {
    const resource = this.deref();
    return resource && this.#cleanups.get(resource)?.(resource);
  }
}

/** Holds a resource strongly: handles, which are only names of what the browser keeps, and what a scope owns. */
export class StrongHolding<T extends object> implements Holding {
  readonly kind: string;
  readonly #resource: T;
  readonly #end: Cleanup<T>;

  constructor(kind: string, resource: T, end: Cleanup<T>) {
    this.kind = kind;
    this.#resource = resource;
    this.#end = end;
  }

  deref(): T {
    return this.#resource;
  }

  end(): unknown {
    return this.#end(this.#resource);
  }
}
