/** Whether two values are equal all the way down: as a structured clone would copy them. Cycles are not looked for. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error && b instanceof Error) return a.name === b.name && a.message === b.message;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return sameBytes(bytesOf(a), bytesOf(b));
  if (a instanceof ArrayBuffer && b instanceof ArrayBuffer) return sameBytes(new Uint8Array(a), new Uint8Array(b));
  if (a instanceof Map && b instanceof Map) return sameEntries([...a], [...b]);
  if (a instanceof Set && b instanceof Set) return sameEntries([...a], [...b]);
  return sameFields(a, b);
}

const bytesOf = (view: ArrayBufferView): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** In order: what was put in at another place is another result. */
function sameEntries(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((entry, at) => sameValue(entry, b[at]));
}

function sameFields(a: object, b: object): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && sameValue(Reflect.get(a, name), Reflect.get(b, name)));
}
