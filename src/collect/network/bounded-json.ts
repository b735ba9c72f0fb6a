/** Deeper than this is left out. */
const DEEPEST = 40;

/** A value that JSON gave, as JSON again, up to about `most` characters: what is beyond is neither written nor looked at. */
export function boundedJson(value: unknown, most: number): string {
  const parts: string[] = [];
  let left = most;

  function put(text: string): void {
    parts.push(text);
    left -= text.length;
  }

  function write(item: unknown, depth: number): void {
    if (left <= 0) return;
    if (typeof item === 'string') put(JSON.stringify(item.slice(0, left)));
    else if (typeof item !== 'object' || item === null) put(String(item));
    else if (depth === DEEPEST) put('null');
    else if (Array.isArray(item)) writeArray(item, depth);
    else writeObject(item, depth);
  }

  function writeArray(items: readonly unknown[], depth: number): void {
    put('[');
    for (let at = 0; at < items.length && left > 0; at++) {
      if (at > 0) put(',');
      write(items[at], depth + 1);
    }
    put(']');
  }

  function writeObject(item: object, depth: number): void {
    put('{');
    let isFirst = true;
    for (const name in item) {
      if (left <= 0) break;
      put(`${isFirst ? '' : ','}${JSON.stringify(name)}:`);
      isFirst = false;
      write(Reflect.get(item, name), depth + 1);
    }
    put('}');
  }

  write(value, 0);
  return parts.join('');
}
