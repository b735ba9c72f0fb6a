import type { BodyTap } from './body-tap.js';
import type { NetworkScope, Tapping } from './network-hub.js';
import { type Method, Patch } from './patch.js';
import type { RawHeaders, RawRequest } from './raw-request.js';
import { requestBytes, takeBody } from './request-body.js';
import { absoluteUrl, normalMethod } from './request-line.js';

/** Statuses that have no body (https://fetch.spec.whatwg.org/#null-body-status). */
const NULL_BODY = new Set([101, 103, 204, 205, 304]);

/** What fetch was called with, as far as it can be read without a trace. */
interface FetchCall {
  readonly request: Request | undefined;
  readonly init: RequestInit;
}

/** Wraps `fetch`: the app gets a promise that settles the same way with the same response or error. */
export class FetchTap {
  readonly patches: readonly Patch[];
  readonly #hub: Tapping;
  readonly #bodies: BodyTap;
  readonly #scope: NetworkScope;

  constructor(scope: NetworkScope, hub: Tapping, bodies: BodyTap) {
    this.#hub = hub;
    this.#bodies = bodies;
    this.#scope = scope;
    this.patches = [new Patch(scope, 'fetch', (original, self, args) => this.#fetch(original, self, args))];
  }

  #fetch(original: Method, self: unknown, args: unknown[]): unknown {
    const hub = this.#hub;
    if (hub.suspended) return Reflect.apply(original, self, args);
    let call: FetchCall | undefined;
    const raw = hub.attempt(() => {
      const begun = hub.begin('fetch');
      call = readCall(args);
      this.#describe(begun, call, args[0]);
      return begun;
    });
    const result: unknown = Reflect.apply(original, self, args);
    if (!raw || !(result instanceof Promise)) return result;
    // One promise further on, and not beside: so a rejection is handled by the app, or reported as unhandled, once.
    return result.then(
      (response: unknown) => {
        hub.attempt(() => this.#answered(raw, response));
        return response;
      },
      (failure: unknown) => {
        hub.attempt(() => {
          raw.failure = failure;
          raw.aborted = isAborted(call);
          raw.requestBody?.end();
          hub.settle(raw);
        });
        throw failure;
      },
    );
  }

  #describe(raw: RawRequest, { request, init }: FetchCall, input: unknown): void {
    raw.method = normalMethod(String(init.method ?? request?.method ?? 'GET'));
    raw.url = request?.url ?? absoluteUrl(input, this.#scope);
    const { body } = init;
    const mayHaveBody = raw.method !== 'GET' && raw.method !== 'HEAD';
    // What a Request holds is left alone: even a look at its body is a change to it.
    raw.requestBytes = request && mayHaveBody && !body ? undefined : requestBytes(body);
    if (this.#hub.wantsHeaders) raw.requestHeaders = readHeaders(init.headers ?? request?.headers);
    if (!this.#hub.wantsBodies || raw.requestBytes === 0) return;
    raw.requestBody = this.#hub.newBody(raw, undefined);
    if (body !== undefined && body !== null) takeBody(body, raw.requestBody);
    else raw.requestBody.end('request-object');
  }

  #answered(raw: RawRequest, response: unknown): void {
    const hub = this.#hub;
    raw.headersAt = hub.now();
    if (response instanceof Response) {
      raw.status = response.status;
      raw.ok = response.ok;
      raw.type = response.type;
      raw.redirected = response.redirected;
      if (raw.url === '') raw.url = response.url;
      const length = response.headers.get('content-length');
      if (length !== null) raw.responseBytes = Number(length);
      if (hub.wantsHeaders) raw.responseHeaders = [...response.headers];
      if (hub.wantsBodies && hasBody(raw)) {
        raw.responseBody = hub.newBody(raw, response.headers.get('content-type'));
        this.#bodies.watch(response, raw.responseBody);
      }
    }
    hub.settle(raw);
  }
}

const hasBody = ({ method, status, type }: RawRequest): boolean =>
  method !== 'HEAD' && !NULL_BODY.has(status) && type !== 'opaque' && type !== 'opaqueredirect' && type !== 'error';

function readCall([input, init]: unknown[]): FetchCall {
  return { request: input instanceof Request ? input : undefined, init: isInit(init) ? init : {} };
}

const isInit = (value: unknown): value is RequestInit => typeof value === 'object' && value !== null;

/** Whether its signal says so, and not that time was up. */
function isAborted(call: FetchCall | undefined): boolean {
  const signal = call?.init.signal ?? call?.request?.signal;
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
