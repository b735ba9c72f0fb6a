import type { NetworkScope } from './network-hub.js';

/** Methods that are written in capitals (https://fetch.spec.whatwg.org/#concept-method-normalize). */
const NORMALIZED = new Set(['delete', 'get', 'head', 'options', 'post', 'put']);

export const normalMethod = (method: string): string =>
  NORMALIZED.has(method.toLowerCase()) ? method.toUpperCase() : method;

/** Where a request goes. Other objects than URLs are not turned into text: that would be seen. */
export function absoluteUrl(input: unknown, scope: NetworkScope): string {
  if (input instanceof URL) return input.href;
  if (typeof input !== 'string') return '';
  const document: unknown = Reflect.get(scope, 'document');
  const isDocument = typeof document === 'object' && document !== null;
  const base: unknown = isDocument ? Reflect.get(document, 'baseURI') : Reflect.get(scope, 'location');
  try {
    return new URL(input, base === undefined ? undefined : String(base)).href;
  } catch {
    return input;
  }
}
