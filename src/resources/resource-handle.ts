/**
 * The form in which something that is no object is registered: a timer, an object URL, a clean-up of its own.
 * poise holds a handle strongly, for it is only a name of what the browser keeps anyway.
 *
 *     manager.register('poll', 'network', ResourceHandle.interval(setInterval(poll, 1_000)));
 */
export class ResourceHandle<Value = unknown> {
  /** What it names: 'timeout', 'interval', 'animation frame', 'idle callback', 'object URL' or 'teardown'. */
  readonly kind: string;
  readonly value: Value;
  readonly #end: (value: Value) => unknown;

  private constructor(kind: string, value: Value, end: (value: Value) => unknown) {
    this.kind = kind;
    this.value = value;
    this.#end = end;
  }

  static timeout<Id extends Parameters<typeof clearTimeout>[0]>(id: Id): ResourceHandle<Id> {
    return new ResourceHandle('timeout', id, (value) => clearTimeout(value));
  }

  static interval<Id extends Parameters<typeof clearInterval>[0]>(id: Id): ResourceHandle<Id> {
    return new ResourceHandle('interval', id, (value) => clearInterval(value));
  }

  static animationFrame(id: number): ResourceHandle<number> {
    return new ResourceHandle('animation frame', id, (value) => cancelAnimationFrame(value));
  }

  static idleCallback(id: number): ResourceHandle<number> {
    return new ResourceHandle('idle callback', id, (value) => cancelIdleCallback(value));
  }

  static objectUrl(url: string): ResourceHandle<string> {
    return new ResourceHandle('object URL', url, (value) => URL.revokeObjectURL(value));
  }

  /** A clean-up that belongs to no object, or that must run even when nobody holds its object any more. */
  static teardown(teardown: () => unknown): ResourceHandle<() => unknown> {
    return new ResourceHandle('teardown', teardown, (value) => value());
  }

  /** Ends what it names. */
  end(): unknown {
    return this.#end(this.value);
  }
}
