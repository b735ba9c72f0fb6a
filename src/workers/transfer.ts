/** A value that crosses to the other side with the buffers, ports or streams in it moved instead of copied. */
export class Transferred<T> {
  readonly value: T;
  readonly list: Transferable[];

  constructor(value: T, list: Transferable[]) {
    this.value = value;
    this.list = list;
  }
}

/**
 * Moves what can be moved: `pool.run('parse', transfer(buffer))`, or `return transfer({ rows, index })` in a task.
 * What was moved is empty afterwards on this side.
 * @param list what to move; without it, all that is found in `value`, however deep in objects, arrays, maps and sets
 */
export function transfer<T>(value: T, list?: readonly Transferable[]): Transferred<T> {
  return new Transferred(value, list ? [...list] : findTransferables(value));
}

/** The names of what is always to be moved. Each exists only in some engines and scopes. */
const MOVABLE = [
  'ArrayBuffer',
  'MessagePort',
  'ImageBitmap',
  'OffscreenCanvas',
  'ReadableStream',
  'WritableStream',
  'TransformStream',
  'AudioData',
  'VideoFrame',
  'RTCDataChannel',
] as const;

/** Everything in a value that can be moved, each once. A view counts as its buffer; shared memory does not move. */
export function findTransferables(value: unknown): Transferable[] {
  const types: unknown[] = MOVABLE.map((name) => Reflect.get(globalThis, name));
  const isMovable = (object: object): boolean =>
    types.some((type) => typeof type === 'function' && object instanceof type);
  const found = new Set<object>();
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (ArrayBuffer.isView(next)) waiting.push(next.buffer);
    else if (isMovable(next)) found.add(next);
    else if (next instanceof Map) waiting.push(...next.keys(), ...next.values());
    else if (next instanceof Set) waiting.push(...next);
    else if (isPlain(next)) waiting.push(...Object.values(next));
  }
  return [...found].filter(isTransferable);
}

/** Told by `isMovable` already; the compiler has no such name for it. */
const isTransferable = (_object: object): _object is Transferable => true;

/** Whether a structured clone copies the object's own properties. */
function isPlain(object: object): boolean {
  const tag = Object.prototype.toString.call(object);
  return tag === '[object Object]' || tag === '[object Array]';
}
