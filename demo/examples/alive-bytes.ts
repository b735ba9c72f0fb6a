interface Tracked {
  readonly ref: WeakRef<ArrayBufferView>;
  readonly byteLength: number;
}

/** Looking is work of its own, so it is done only at every so many buffers. */
const LOOK_EVERY = 100;

/** Counts the bytes of buffers that the browser has not freed yet; weak references know. */
export class AliveBytes {
  #tracked: Tracked[] = [];
  #most = 0;

  /** The most that was seen since the last `reset`. */
  get most(): number {
    this.#look();
    return this.#most;
  }

  track<T extends ArrayBufferView>(view: T): T {
    this.#tracked.push({ ref: new WeakRef(view), byteLength: view.byteLength });
    if (this.#tracked.length % LOOK_EVERY === 0) this.#look();
    return view;
  }

  /** Begins a new count. */
  reset(): void {
    this.#tracked = [];
    this.#most = 0;
  }

  #look(): void {
    this.#tracked = this.#tracked.filter(({ ref }) => ref.deref() !== undefined);
    this.#most = Math.max(
      this.#most,
      this.#tracked.reduce((sum, { byteLength }) => sum + byteLength, 0),
    );
  }
}
