import type { Bytes, EpochMs, Milliseconds, MonotonicMs } from '../../core/units.js';

/** Why a body, or the rest of it, is not in its entry. */
export type BodyOmission =
  /** Not text. */
  | 'binary'
  /** A request's stream, which only the browser reads. */
  | 'stream'
  /** In a `Request` object, whose body can't be read without taking it from the app. */
  | 'request-object'
  /** A document that XMLHttpRequest has parsed. */
  | 'document'
  /** The app had not read it by then, or has handed the response to the browser (a cache, WebAssembly). */
  | 'unread'
  /** The app has piped it on. */
  | 'piped'
  /** Reading it failed, or the app gave it up. */
  | 'cancelled';

/** A body as it was seen: redacted, and cut at `maxBodySize`. */
export interface NetworkBody {
  readonly text: string | undefined;
  /** Of the whole body; undefined where poise did not see all of it. */
  readonly bytes: Bytes | undefined;
  /** How much of it is not in `text`; undefined where `bytes` is. */
  readonly cutBytes: Bytes | undefined;
  /** Why there is no text, or why it may not be all; undefined for a body that was seen to its end. */
  readonly omitted: BodyOmission | undefined;
}

/** What a request failed with. */
export interface NetworkFailure {
  readonly name: string;
  readonly message: string;
}

/** One request that the app has made, redacted. Plain data: it can be cloned, stored and sent. */
export interface NetworkEntry {
  /** Unique across tabs. The same request has the same id in every capture of a page. */
  readonly id: string;
  readonly kind: 'fetch' | 'xhr';
  readonly method: string;
  /** Absolute, as the app asked for it; after redirects as well. */
  readonly url: string;
  /** 0 where there was none, or the browser does not tell (an opaque response). */
  readonly status: number;
  readonly ok: boolean;
  /** Of a response to fetch (https://fetch.spec.whatwg.org/#concept-response-type). */
  readonly type: ResponseType | undefined;
  /** Whether there were redirects. */
  readonly redirected: boolean;
  readonly startTime: MonotonicMs;
  /** The start, in wall-clock time. */
  readonly timestamp: EpochMs;
  /** From the call to the end; see `timing`. */
  readonly durationMs: Milliseconds;
  /** From the call to the first of the response; undefined where there was none. */
  readonly ttfbMs: Milliseconds | undefined;
  /**
   * Where the end is from: the browser's resource timing (the end of the body), or what scripts see (of fetch the end of
   * a captured body, else the response's headers; of XMLHttpRequest `loadend`).
   */
  readonly timing: 'resource-timing' | 'script';
  readonly requestBytes: Bytes | undefined;
  /** Of the body as it was sent, where the browser tells; else as it was counted. */
  readonly responseBytes: Bytes | undefined;
  /** By names in lower case, as far as scripts see them; undefined unless asked for. */
  readonly requestHeaders: Readonly<Record<string, string>> | undefined;
  readonly responseHeaders: Readonly<Record<string, string>> | undefined;
  /** Undefined unless asked for, and where there is none. */
  readonly requestBody: NetworkBody | undefined;
  readonly responseBody: NetworkBody | undefined;
  readonly error: NetworkFailure | undefined;
  /** Whether the app gave it up. */
  readonly aborted: boolean;
}

/** Whether it had no response, or one of 400 or more. What the app gave up has not failed. */
export const isFailed = ({ aborted, error, status }: NetworkEntry): boolean =>
  !aborted && (error !== undefined || status >= 400);
