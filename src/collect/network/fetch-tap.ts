import type { NetworkScope, Tapping } from './network-hub.js';
import { type Method, Patch } from './patch.js';
import type { RawHeaders, RawRequest } from './raw-request.js';
import { requestBytes, takeBody } from './request-body.js';
import { absoluteUrl, normalMethod } from './request-line.js';

/** Statuses that have no body (https://fetch.spec.whatwg.org/#null-body-status). */
const NULL_BODY = new Set([101, 103, 204, 205, 304]);

/** Wraps `fetch`: the app gets a promise that settles the same way with the same response or error. */
export class FetchTap {
  readonly patch: Patch;
  readonly #hub: Tapping;
  readonly #scope: NetworkScope;

  constructor(scope: NetworkScope, hub: Tapping) {
    this.#hub = hub;
    this.#scope = scope;
    this.patch = new Patch(scope, 'fetch', (original, self, args) => this.#fetch(original, self, args));
  }

  #fetch(original: Method, self: unknown, args: unknown[]): unknown {
    if (this.#hub.suspended) return Reflect.apply(original, self, args);
    const raw = this.#begin(args[0], args[1]);
    const result: unknown = Reflect.apply(original, self, args);
    if (!raw || !(result instanceof Promise)) return result;
    // One promise further on, and not beside: so a rejection is handled by the app, or reported as unhandled, once.
    return result.then(
      (response: unknown) => {
        this.#answered(raw, response, args[0]);
        return response;
      },
      (failure: unknown) => {
        this.#failed(raw, failure, args[0]);
        throw failure;
      },
    );
  }

  #begin(input: unknown, given: unknown): RawRequest | undefined {
    try {
      const raw = this.#hub.begin('fetch');
      // Most ask for text; the browser sets up what it has of Request when that is first named.
      const request = typeof input === 'object' && input instanceof Request ? input : undefined;
      const init = isInit(given) ? given : undefined;
      const method = init?.method ?? request?.method;
      if (method !== undefined) raw.method = normalMethod(String(method));
      raw.signal = init?.signal ?? request?.signal;
      const body = init?.body;
      const mayHaveBody = raw.method !== 'GET' && raw.method !== 'HEAD';
      // What a Request holds is left alone: even a look at its body is a change to it.
      raw.requestBytes = request && mayHaveBody && !body ? undefined : requestBytes(body);
      if (this.#hub.wantsHeaders) raw.requestHeaders = readHeaders(init?.headers ?? request?.headers);
      if (this.#hub.wantsBodies && raw.requestBytes !== 0) {
        raw.requestBody = this.#hub.newBody(raw, undefined);
        if (body !== undefined && body !== null) takeBody(body, raw.requestBody);
        else raw.requestBody.end('request-object');
      }
      return raw;
    } catch (cause) {
      this.#hub.report(cause);
      return undefined;
    }
  }

  #answered(raw: RawRequest, response: unknown, input: unknown): void {
    try {
      const now = this.#hub.now();
      raw.headersAt = now;
      if (response instanceof Response) this.#readResponse(raw, response);
      if (raw.url === '' || (typeof input === 'string' && input.includes('#'))) raw.url = this.#urlOf(input, response);
      this.#hub.settle(raw, now);
    } catch (cause) {
      this.#hub.report(cause);
    }
  }

  #readResponse(raw: RawRequest, response: Response): void {
    const { headers } = response;
    raw.status = response.status;
    raw.ok = raw.status >= 200 && raw.status < 300;
    raw.type = response.type;
    raw.redirected = response.redirected;
    // The browser has made it absolute already, but for its fragment.
    if (!raw.redirected) raw.url = response.url;
    const length = headers.get('content-length');
    if (length !== null) raw.responseBytes = Number(length);
    if (this.#hub.wantsHeaders) raw.responseHeaders = [...headers];
    if (!this.#hub.wantsBodies || !hasBody(raw)) return;
    raw.responseBody = this.#hub.newBody(raw, headers.get('content-type'));
    this.#hub.watchBody(response, raw.responseBody);
  }

  #failed(raw: RawRequest, failure: unknown, input: unknown): void {
    try {
      raw.failure = failure;
      raw.aborted = isAborted(raw.signal);
      raw.url = this.#urlOf(input, undefined);
      this.#hub.settle(raw);
    } catch (cause) {
      this.#hub.report(cause);
    }
  }

  #urlOf(input: unknown, response: unknown): string {
    const asked = input instanceof Request ? input.url : absoluteUrl(input, this.#scope);
    return asked === '' && response instanceof Response ? response.url : asked;
  }
}

const hasBody = ({ method, status, type }: RawRequest): boolean =>
  method !== 'HEAD' && !NULL_BODY.has(status) && type !== 'opaque' && type !== 'opaqueredirect' && type !== 'error';

const isInit = (value: unknown): value is RequestInit => typeof value === 'object' && value !== null;

/** Whether the signal says so, and not that time was up. */
function isAborted(signal: AbortSignal | null | undefined): boolean {
  return signal?.aborted === true && !(signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError');
}

/** Iterables are left alone: reading them takes what the browser is to read. */
function readHeaders(given: unknown): RawHeaders {
  if (given instanceof Headers) return [...given];
  if (Array.isArray(given))
    return given.flatMap((pair) => (Array.isArray(pair) ? [[String(pair[0]), String(pair[1])]] : []));
  if (typeof given !== 'object' || given === null || Symbol.iterator in given) return [];
  return Object.entries(given).map(([name, value]) => [name, String(value)]);
}
