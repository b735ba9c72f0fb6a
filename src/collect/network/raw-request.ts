import type { Bytes, MonotonicMs } from '../../core/units.js';
import type { BodyText } from './body-text.js';

/** Headers as they were given, not redacted. */
export type RawHeaders = readonly (readonly [string, string])[];

/** One request as it goes on, not redacted: it never leaves the collector. */
export class RawRequest {
  readonly id: string;
  readonly kind: 'fetch' | 'xhr';
  readonly startTime: MonotonicMs;
  method = 'GET';
  url = '';
  headersAt: MonotonicMs | undefined;
  endedAt: MonotonicMs;
  status = 0;
  ok = false;
  type: ResponseType | undefined;
  redirected = false;
  aborted = false;
  /** What the app may give it up with; only of fetch. */
  signal: AbortSignal | null | undefined;
  failure: unknown;
  requestBytes: Bytes | undefined;
  responseBytes: Bytes | undefined;
  requestHeaders: RawHeaders | undefined;
  responseHeaders: RawHeaders | undefined;
  requestBody: BodyText | undefined;
  responseBody: BodyText | undefined;

  constructor(id: string, kind: 'fetch' | 'xhr', startTime: MonotonicMs) {
    this.id = id;
    this.kind = kind;
    this.startTime = startTime;
    this.endedAt = startTime;
  }

  /** Whether a body that was asked for is still being read. */
  get isReading(): boolean {
    return this.requestBody?.ended === false || this.responseBody?.ended === false;
  }
}
