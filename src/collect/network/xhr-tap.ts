import type { NetworkScope, Tapping } from './network-hub.js';
import { type Method, Patch } from './patch.js';
import type { RawRequest } from './raw-request.js';
import { requestBytes, takeBody } from './request-body.js';
import { absoluteUrl, normalMethod } from './request-line.js';
import { parseHeaders, takeXhrBody } from './xhr-response.js';

/** What was opened on one XMLHttpRequest; a new one at each `open`. */
interface Opened {
  readonly method: string;
  readonly url: string;
  readonly isAsync: boolean;
  readonly headers: [string, string][];
  /** The request, from `send` to its end. */
  raw: RawRequest | undefined;
}

const ENDS = ['error', 'abort', 'timeout', 'loadend', 'readystatechange'] as const;
/** What an event says of a request that failed. */
const FAILURES: ReadonlyMap<string, { readonly name: string; readonly message: string }> = new Map([
  ['error', { name: 'NetworkError', message: 'the request failed' }],
  ['timeout', { name: 'TimeoutError', message: 'the request took too long' }],
  ['abort', { name: 'AbortError', message: 'the request was aborted' }],
]);

/**
 * Wraps `open` and `send` of XMLHttpRequest. Nothing listens on `upload`, which would make a cross-origin request ask for
 * leave first; each object's listeners are the app's, but between `send` and `loadend`.
 */
export class XhrTap {
  readonly patches: readonly Patch[];
  readonly headerPatches: readonly Patch[];
  readonly #hub: Tapping;
  readonly #scope: NetworkScope;
  readonly #opened = new WeakMap<object, Opened>();

  constructor(scope: NetworkScope, hub: Tapping) {
    this.#hub = hub;
    this.#scope = scope;
    const Xhr: unknown = Reflect.get(scope, 'XMLHttpRequest');
    const target: unknown = typeof Xhr === 'function' ? Xhr.prototype : undefined;
    const patch = (name: string, around: (original: Method, self: unknown, args: unknown[]) => unknown) =>
      typeof target === 'object' && target !== null ? [new Patch(target, name, around)] : [];
    this.patches = [
      ...patch('open', (original, self, args) => this.#open(original, self, args)),
      ...patch('send', (original, self, args) => this.#send(original, self, args)),
    ];
    this.headerPatches = patch('setRequestHeader', (original, self, args) => {
      const result = Reflect.apply(original, self, args);
      this.#find(self)?.headers.push([String(args[0]), String(args[1])]);
      return result;
    });
  }

  #find(xhr: unknown): Opened | undefined {
    return typeof xhr === 'object' && xhr !== null ? this.#opened.get(xhr) : undefined;
  }

  #open(original: Method, self: unknown, args: unknown[]): unknown {
    const running = this.#find(self);
    // Opened again in its own `load`, it has no `loadend` any more.
    if (running?.raw && self instanceof XMLHttpRequest && self.readyState === XMLHttpRequest.DONE) this.#end(self, 0);
    const result = Reflect.apply(original, self, args);
    this.#hub.attempt(() => {
      if (!(self instanceof XMLHttpRequest)) return;
      // A new open() ends what was under way without an event.
      this.#fail(running?.raw, 'abort');
      this.#end(self, 0);
      this.#opened.delete(self);
      const [method, url] = args;
      if (this.#hub.suspended || typeof method !== 'string') return;
      this.#opened.set(self, {
        method: normalMethod(method),
        url: absoluteUrl(url, this.#scope),
        isAsync: args.length < 3 || Boolean(args[2]),
        headers: [],
        raw: undefined,
      });
    });
    return result;
  }

  #send(original: Method, self: unknown, args: unknown[]): unknown {
    const opened = this.#find(self);
    if (!opened || opened.raw || this.#hub.suspended) return Reflect.apply(original, self, args);
    const raw = this.#hub.attempt(() => this.#begin(self, opened, args[0]));
    try {
      return Reflect.apply(original, self, args);
    } catch (failure) {
      if (raw && this.#find(self)?.raw === raw) {
        opened.raw = undefined;
        this.#unlisten(self);
        // One that does not wait throws what it failed with; others throw only when they were not sent.
        if (!opened.isAsync) {
          raw.failure = failure;
          this.#hub.attempt(() => this.#hub.settle(raw));
        }
      }
      throw failure;
    }
  }

  #begin(self: unknown, opened: Opened, body: unknown): RawRequest {
    const raw = this.#hub.begin('xhr');
    raw.method = opened.method;
    raw.url = opened.url;
    const hasBody = opened.method !== 'GET' && opened.method !== 'HEAD' && body !== undefined && body !== null;
    raw.requestBytes = hasBody ? requestBytes(body) : 0;
    if (this.#hub.wantsHeaders) raw.requestHeaders = opened.headers;
    if (this.#hub.wantsBodies && hasBody) {
      raw.requestBody = this.#hub.newBody(raw, undefined);
      takeBody(body, raw.requestBody);
    }
    opened.raw = raw;
    if (self instanceof EventTarget) for (const type of ENDS) self.addEventListener(type, this.#onEvent);
    return raw;
  }

  readonly #onEvent = (event: Event): void => {
    const { type, currentTarget: xhr } = event;
    const raw = this.#find(xhr)?.raw;
    if (!raw || !(xhr instanceof XMLHttpRequest)) return;
    if (type === 'readystatechange') {
      if (xhr.readyState < XMLHttpRequest.HEADERS_RECEIVED) return;
      xhr.removeEventListener(type, this.#onEvent);
      if (xhr.status > 0) raw.headersAt = this.#hub.now();
    } else if (type === 'loadend') {
      // Of the request before, where the app has opened the object again in `load`.
      if (xhr.readyState !== XMLHttpRequest.DONE) return;
      const received = event instanceof ProgressEvent ? event.loaded : 0;
      this.#hub.attempt(() => this.#end(xhr, received));
    } else {
      this.#fail(raw, type);
    }
  };

  #fail(raw: RawRequest | undefined, type: string): void {
    if (!raw) return;
    raw.failure = FAILURES.get(type);
    raw.aborted = type === 'abort';
  }

  #end(xhr: XMLHttpRequest, received: number): void {
    const opened = this.#find(xhr);
    const raw = opened?.raw;
    if (!raw) return;
    opened.raw = undefined;
    this.#unlisten(xhr);
    if (raw.failure === undefined) this.#readResponse(raw, xhr, received);
    this.#hub.settle(raw);
  }

  #readResponse(raw: RawRequest, xhr: XMLHttpRequest, received: number): void {
    raw.status = xhr.status;
    raw.ok = xhr.status >= 200 && xhr.status < 300;
    raw.redirected = raw.url !== '' && xhr.responseURL !== '' && xhr.responseURL !== raw.url.replace(/#.*/s, '');
    if (raw.url === '') raw.url = xhr.responseURL;
    raw.responseBytes = received;
    const hub = this.#hub;
    if (!hub.wantsHeaders && !hub.wantsBodies) return;
    const headers = parseHeaders(xhr.getAllResponseHeaders());
    if (hub.wantsHeaders) raw.responseHeaders = headers;
    if (!hub.wantsBodies || received === 0) return;
    raw.responseBody = hub.newBody(raw, headers.find(([name]) => name === 'content-type')?.[1]);
    takeXhrBody(xhr, raw.responseBody);
  }

  #unlisten(self: unknown): void {
    if (self instanceof EventTarget) for (const type of ENDS) self.removeEventListener(type, this.#onEvent);
  }
}
