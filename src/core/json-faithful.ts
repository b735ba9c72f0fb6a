/** Deeper than this is taken for a cycle. */
const DEEPEST = 100;

/** An object made by a literal or by JSON, of no class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Reflect.getPrototypeOf(value) === Object.prototype;
}

/** Whether JSON gives back exactly this value: no Map, Date, NaN, -0, undefined, hole, function, symbol, bigint or cycle in it. */
export function isJsonFaithful(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      if (value === null) return true;
      if (depth === DEEPEST) return false;
      return Array.isArray(value) ? isFaithfulArray(value, depth) : isFaithfulObject(value, depth);
    default:
      return false;
  }
}

function isFaithfulArray(values: readonly unknown[], depth: number): boolean {
  // every() would leave holes out.
  for (let at = 0; at < values.length; at++) if (!isJsonFaithful(values[at], depth + 1)) return false;
  return Object.keys(values).length === values.length;
}

function isFaithfulObject(value: object, depth: number): boolean {
  if (!isPlainObject(value)) return false;
  for (const key in value) if (!isJsonFaithful(value[key], depth + 1)) return false;
  return true;
}
