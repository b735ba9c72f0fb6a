/** A function of the platform. */
export type Method = (...args: never[]) => unknown;

/** What runs in a method's place while the patch is active; it calls `original` itself. */
export type Around = (original: Method, self: unknown, args: unknown[]) => unknown;

type Slot = 'value' | 'get';

const isMethod = (value: unknown): value is Method => typeof value === 'function';

/**
 * One method (or getter) of the platform with something around it. The stand-in is a Proxy, so name, length, text and
 * own properties are the original's. When somebody else has wrapped it meanwhile, it can't be taken out without taking
 * out theirs: then it only passes calls on, and is used again by the next `install`, so that wrappers never stack.
 */
export class Patch {
  readonly #target: object;
  readonly #name: PropertyKey;
  readonly #around: Around;
  #before: PropertyDescriptor | undefined;
  #wrapper: Method | undefined;
  #active = false;

  constructor(target: object, name: PropertyKey, around: Around) {
    this.#target = target;
    this.#name = name;
    this.#around = around;
  }

  /** Whether the stand-in is still there, below somebody else's. */
  get buried(): boolean {
    return this.#wrapper !== undefined;
  }

  /** Does nothing where there is no such method, or it may not be replaced. */
  install(): void {
    this.#active = true;
    if (this.#wrapper) return;
    const before = Reflect.getOwnPropertyDescriptor(this.#target, this.#name);
    const [slot, original] = slotOf(before);
    if (!before?.configurable || !slot || !original) return;
    const wrapper = new Proxy(original, {
      apply: (target, self, args) =>
        this.#active ? this.#around(target, self, args) : Reflect.apply(target, self, args),
    });
    if (!Reflect.defineProperty(this.#target, this.#name, { ...before, [slot]: wrapper })) return;
    this.#before = before;
    this.#wrapper = wrapper;
  }

  uninstall(): void {
    this.#active = false;
    const [, current] = slotOf(Reflect.getOwnPropertyDescriptor(this.#target, this.#name));
    if (!this.#before || current !== this.#wrapper) return;
    Reflect.defineProperty(this.#target, this.#name, this.#before);
    this.#wrapper = undefined;
    this.#before = undefined;
  }
}

function slotOf(descriptor: PropertyDescriptor | undefined): [Slot?, Method?] {
  const { value, get }: { value?: unknown; get?: unknown } = descriptor ?? {};
  if (isMethod(value)) return ['value', value];
  return isMethod(get) ? ['get', get] : [];
}
