import type { BodyText } from './body-text.js';
import { boundedJson } from './bounded-json.js';
import type { NetworkScope, Tapping } from './network-hub.js';
import { type Around, Patch } from './patch.js';
import { formText, takeBlob } from './request-body.js';

/** Takes what one call of the app's has read. */
type Take = (value: unknown, into: BodyText) => void;

/** What each way of reading a whole body gives. */
const WHOLE: Readonly<Record<string, Take>> = {
  text: (value, into) => {
    if (typeof value === 'string') into.addText(value);
    into.end();
  },
  json: (value, into) => {
    into.addStandIn(boundedJson(value, into.keeps));
    into.end();
  },
  arrayBuffer: takeChunk,
  bytes: takeChunk,
  blob: (value, into) => {
    if (value instanceof Blob) takeBlob(value, into);
  },
  formData: (value, into) => {
    if (value instanceof FormData) into.addStandIn(formText(value));
    into.end();
  },
};

function takeChunk(value: unknown, into: BodyText): void {
  into.addBytes(value);
  into.end();
}

/** One result of a reader or an iterator. */
function takeResult(result: unknown, into: BodyText): void {
  if (typeof result !== 'object' || result === null || !('done' in result)) return;
  if ('value' in result) into.addBytes(result.value);
  if (result.done) into.end();
}

/**
 * Looks on while the app reads the bodies of responses, so that nothing is read that the app does not read, nothing sooner,
 * and nothing is kept but the beginning. Responses are not touched: the methods that read them are wrapped, for all of
 * them, and those that are watched are known by a weak map. What the browser reads by itself is not seen (a response given
 * to a cache, to WebAssembly or to a service worker's page, a stream that is piped on).
 */
export class BodyTap {
  readonly patches: readonly Patch[];
  readonly #hub: Tapping;
  /** By response, and by the streams, readers and iterators that come of it. */
  readonly #bodies = new WeakMap<object, BodyText>();

  constructor(scope: NetworkScope, hub: Tapping) {
    this.#hub = hub;
    const response = prototypeOf(scope, 'Response');
    const stream = prototypeOf(scope, 'ReadableStream');
    const readers = ['ReadableStreamDefaultReader', 'ReadableStreamBYOBReader'].map((name) => prototypeOf(scope, name));
    this.patches = [
      ...Object.entries(WHOLE).flatMap(([name, take]) => this.#reading(response, name, take)),
      ...this.#passing(response, ['body', 'clone']),
      ...this.#passing(stream, ['getReader', 'tee', 'values', Symbol.asyncIterator]),
      ...this.#ending(stream, ['pipeTo', 'pipeThrough'], 'piped'),
      ...this.#ending(stream, ['cancel'], 'cancelled'),
      ...readers.flatMap((reader) => [
        ...this.#reading(reader, 'read', takeResult),
        ...this.#ending(reader, ['cancel'], 'cancelled'),
      ]),
      ...this.#iterating(stream),
    ];
  }

  /** Has a response's body taken into `body` as the app reads it. */
  watch(response: Response, body: BodyText): void {
    this.#bodies.set(response, body);
  }

  #find(self: unknown): BodyText | undefined {
    return typeof self === 'object' && self !== null ? this.#bodies.get(self) : undefined;
  }

  /** A method whose promise gives what was read. */
  #reading(target: object | undefined, name: string, take: Take): Patch[] {
    return this.#patch(target, name, (original, self, args) => {
      const result: unknown = Reflect.apply(original, self, args);
      const body = this.#find(self);
      if (!body || body.ended || !(result instanceof Promise) || !body.isReadBy(self)) return result;
      return result.then(
        (value: unknown) => {
          this.#hub.attempt(() => take(value, body));
          return value;
        },
        (failure: unknown) => {
          this.#hub.attempt(() => body.end('cancelled'));
          throw failure;
        },
      );
    });
  }

  /** A method or getter whose result reads the same body. */
  #passing(target: object | undefined, names: readonly PropertyKey[]): Patch[] {
    return names.flatMap((name) =>
      this.#patch(target, name, (original, self, args) => {
        const result: unknown = Reflect.apply(original, self, args);
        const body = this.#find(self);
        if (!body) return result;
        for (const next of Array.isArray(result) ? result : [result]) {
          if (typeof next === 'object' && next !== null) this.#bodies.set(next, body);
        }
        return result;
      }),
    );
  }

  /** A method after which there is nothing more to see. */
  #ending(target: object | undefined, names: readonly string[], omitted: 'piped' | 'cancelled'): Patch[] {
    return names.flatMap((name) =>
      this.#patch(target, name, (original, self, args) => {
        const result: unknown = Reflect.apply(original, self, args);
        const body = this.#find(self);
        if (body?.isReadBy(self)) this.#hub.attempt(() => body.end(omitted));
        return result;
      }),
    );
  }

  /** `for await` over a body, where the browser has it. */
  #iterating(stream: object | undefined): Patch[] {
    const values: unknown = stream && Reflect.get(stream, 'values');
    if (typeof values !== 'function') return [];
    const iterator: object = Reflect.getPrototypeOf(Reflect.apply(values, new ReadableStream(), [])) ?? {};
    return [...this.#reading(iterator, 'next', takeResult), ...this.#ending(iterator, ['return'], 'cancelled')];
  }

  #patch(target: object | undefined, name: PropertyKey, around: Around): Patch[] {
    return target ? [new Patch(target, name, around)] : [];
  }
}

function prototypeOf(scope: NetworkScope, name: string): object | undefined {
  const type: unknown = Reflect.get(scope, name);
  return typeof type === 'function' ? type.prototype : undefined;
}
