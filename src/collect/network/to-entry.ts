import type { Clock } from '../../core/clock.js';
import type { Bytes } from '../../core/units.js';
import { redactBody } from '../redaction/redact-body.js';
import { redactHeaders } from '../redaction/redact-headers.js';
import { redactText } from '../redaction/redact-text.js';
import { redactUrl } from '../redaction/redact-url.js';
import { type BodyText, cutText } from './body-text.js';
import type { NetworkBody, NetworkEntry, NetworkFailure } from './network-entry.js';
import type { RawRequest } from './raw-request.js';

/** What one capture asked for; others of the same page may have asked for more. */
interface EntryWishes {
  readonly headers: boolean;
  readonly bodies: boolean;
  readonly maxBodySize: Bytes;
}

/** The entry of a request, without its secrets. */
export function toEntry(
  raw: RawRequest,
  timing: PerformanceResourceTiming | undefined,
  { headers, bodies, maxBodySize }: EntryWishes,
  clock: Clock,
): NetworkEntry {
  const { id, kind, method, startTime, status, ok, type, redirected, aborted, headersAt } = raw;
  // Without Timing-Allow-Origin the browser tells of another origin's response only when it ended.
  const isOpen = timing !== undefined && timing.responseStart > 0;
  // Some browsers tell of a body's size as 0 where they don't know it (WebKit).
  return {
    id,
    kind,
    method,
    url: redactUrl(raw.url),
    status,
    ok,
    type,
    redirected,
    startTime,
    timestamp: clock.toEpoch(startTime),
    durationMs: Math.max(0, (timing?.responseEnd ?? raw.endedAt) - startTime),
    ttfbMs: isOpen ? Math.max(0, timing.responseStart - startTime) : headersAt && headersAt - startTime,
    timing: timing ? 'resource-timing' : 'script',
    requestBytes: raw.requestBytes,
    responseBytes: (isOpen && timing.encodedBodySize) || (raw.responseBytes ?? raw.responseBody?.bytes),
    requestHeaders: headers ? redactHeaders(raw.requestHeaders ?? []) : undefined,
    responseHeaders: headers ? redactHeaders(raw.responseHeaders ?? []) : undefined,
    requestBody: bodies ? toBody(raw.requestBody, maxBodySize) : undefined,
    responseBody: bodies ? toBody(raw.responseBody, maxBodySize) : undefined,
    error: raw.failure === undefined ? undefined : toFailure(raw.failure),
    aborted,
  };
}

function toBody(body: BodyText | undefined, most: Bytes): NetworkBody | undefined {
  if (!body) return undefined;
  const { text, bytes } = body;
  const omitted = body.omitted ?? (body.ended ? undefined : 'unread');
  return {
    text: text === undefined ? undefined : cutText(redactBody(text), most),
    bytes,
    cutBytes: bytes === undefined ? undefined : text === undefined ? bytes : Math.max(0, bytes - most),
    omitted,
  };
}

function toFailure(failure: unknown): NetworkFailure {
  const { name, message }: { name?: unknown; message?: unknown } = Object(failure);
  if (typeof name === 'string' && typeof message === 'string') return { name, message: redactText(message) };
  return { name: typeof failure, message: typeof failure === 'object' ? '' : redactText(String(failure)) };
}
