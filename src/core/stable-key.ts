import { describe, PoiseError } from './errors.js';

/** An argument can't be part of a key: it is told apart only by identity, contains itself, or goes too deep. */
export class KeyError extends PoiseError {
  override readonly name = 'KeyError';
  /** Which one, as a path: `args[1].filter`. */
  readonly path: string;

  constructor(path: string, why: string) {
    super('POISE_KEY', `${path} ${why}; pass a \`key\` function that makes a string of the arguments`);
    this.path = path;
  }
}

/** Nested deeper than this is refused, before the stack overflows. */
const DEEPEST = 500;

/** The objects around the value, outermost first, and how to get to it. */
interface Place {
  readonly around: object[];
  readonly path: (string | number)[];
}

/**
 * Arguments as text: the same for arguments that are equal in structure, another for all others. The order of fields, of
 * a Map's entries and of a Set's values makes no difference; -0 and 0, NaN, undefined and missing fields, holes, `'1'` and
 * 1 do. Takes what structured cloning takes of plain data (objects, arrays, Map, Set, Date, RegExp, BigInt, buffers,
 * typed arrays), and URL and `Symbol.for`. @throws KeyError for functions, class instances, other symbols and cycles
 */
export function stableKey(args: readonly unknown[]): string {
  if (args.length === 1) {
    const [only] = args;
    // A mark that nothing else begins with.
    if (typeof only === 'string') return `"${only}`;
    if (typeof only === 'number') return number(only);
  }
  const place: Place = { around: [], path: [] };
  let key = '';
  for (let at = 0; at < args.length; at++) {
    place.path.push(at);
    if (at > 0) key += ',';
    key += encode(args[at], place);
    place.path.pop();
  }
  return key;
}

/** Every form begins with a mark of its own, and says its length or ends with a mark: no two values look the same. */
function encode(value: unknown, place: Place): string {
  switch (typeof value) {
    case 'string':
      return text(value);
    case 'number':
      return number(value);
    case 'bigint':
      return `i${value}`;
    case 'boolean':
      return value ? 't' : 'f';
    case 'undefined':
      return 'u';
    case 'symbol':
      return symbol(value, place);
    case 'object':
      return value === null ? '0' : inside(value, place);
    default:
      throw refuse(place, `is ${describe(value)}`);
  }
}

const text = (value: string): string => `s${value.length}:${value}`;

const number = (value: number): string => (Object.is(value, -0) ? 'n-0' : `n${value}`);

function symbol(value: symbol, place: Place): string {
  const name = Symbol.keyFor(value);
  if (name === undefined) throw refuse(place, 'is a symbol of its own');
  return `y${text(name)}`;
}

function inside(value: object, place: Place): string {
  if (place.around.includes(value)) throw refuse(place, 'contains itself');
  if (place.around.length === DEEPEST) throw refuse(place, `is nested deeper than ${DEEPEST}`);
  place.around.push(value);
  const encoded = encodeObject(value, place);
  place.around.pop();
  return encoded;
}

/** By prototype, so that a subclass, which may hold more than can be seen, is not taken for what it extends. */
function encodeObject(value: object, place: Place): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value) && prototype === Array.prototype) return array(value, place);
  if (isPlain(prototype)) return `{${fields(value, place)}}`;
  if (value instanceof Map && prototype === Map.prototype) return map(value, place);
  if (value instanceof Set && prototype === Set.prototype)
    return `S(${sorted([...value].map((item) => encode(item, place)))})`;
  if (value instanceof Date && prototype === Date.prototype) return `d${value.getTime()}`;
  if (value instanceof RegExp && prototype === RegExp.prototype)
    return `r${text(value.source)}${value.flags}@${value.lastIndex}`;
  if (value instanceof ArrayBuffer) return `B${bytes(value, 0, value.byteLength)}`;
  if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer)
    return `V${value.constructor.name}:${bytes(value.buffer, value.byteOffset, value.byteLength)}`;
  if (typeof URL !== 'undefined' && value instanceof URL) return `U${text(value.href)}`;
  throw refuse(place, `is ${describe(value)}, not plain data`);
}

/** Made by a literal or by JSON, here or in another frame, or without a prototype. */
const isPlain = (prototype: unknown): boolean =>
  prototype === null ||
  prototype === Object.prototype ||
  (typeof prototype === 'object' &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'isPrototypeOf'));

function array(values: readonly unknown[], place: Place): string {
  let encoded = '[';
  let present = 0;
  for (let at = 0; at < values.length; at++) {
    if (at > 0) encoded += ',';
    if (!(at in values)) {
      encoded += 'h';
      continue;
    }
    present++;
    place.path.push(at);
    encoded += encode(values[at], place);
    place.path.pop();
  }
  // As the result of a RegExp has.
  if (Object.keys(values).length !== present) throw refuse(place, 'is an array with fields of its own');
  return `${encoded}]`;
}

function fields(value: object, place: Place): string {
  let encoded = '';
  for (const name of Object.keys(value).sort()) encoded += field(value, name, `${text(name)}=`, place);
  const symbols = Object.getOwnPropertySymbols(value).filter((name) =>
    Object.prototype.propertyIsEnumerable.call(value, name),
  );
  if (symbols.length === 0) return encoded;
  return encoded + sorted(symbols.map((name) => field(value, name, `${symbol(name, place)}=`, place)));
}

function field(value: object, name: string | symbol, label: string, place: Place): string {
  place.path.push(String(name));
  const encoded = `${label}${encode(Reflect.get(value, name), place)};`;
  place.path.pop();
  return encoded;
}

function map(value: ReadonlyMap<unknown, unknown>, place: Place): string {
  return `M(${sorted([...value].map(([key, item]) => `${encode(key, place)}=${encode(item, place)}`))})`;
}

const sorted = (encoded: readonly string[]): string => [...encoded].sort().join(',');

/** One character a byte. */
function bytes(buffer: ArrayBuffer, offset: number, length: number): string {
  const STEP = 8_192;
  let encoded = `${length}:`;
  for (let at = 0; at < length; at += STEP)
    encoded += String.fromCharCode(...new Uint8Array(buffer, offset + at, Math.min(STEP, length - at)));
  return encoded;
}

function refuse({ path }: Place, why: string): KeyError {
  const [first, ...rest] = path;
  const steps = rest.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  return new KeyError(`args[${first}]${steps.join('')}`, why);
}
