/** What is read of an entry that tells of a request; both a captured request and an access log's line have it. */
interface RequestLike {
  readonly method: string;
  readonly url: string;
  readonly status: number;
}

function isRequestLike(entry: unknown): entry is RequestLike & Readonly<Record<string, unknown>> {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    'method' in entry &&
    typeof entry.method === 'string' &&
    'url' in entry &&
    typeof entry.url === 'string' &&
    'status' in entry &&
    typeof entry.status === 'number'
  );
}

const numberIn = (entry: Readonly<Record<string, unknown>>, ...names: readonly string[]): number | undefined => {
  for (const name of names) {
    const value = entry[name];
    if (typeof value === 'number') return value;
    if (value instanceof Date) return value.getTime();
  }
  return undefined;
};

const headersIn = (value: unknown): readonly { readonly name: string; readonly value: string }[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).map(([name, header]) => ({ name, value: String(header) }))
    : [];

/** -1 is the form's word for "not known". */
const UNKNOWN = -1;

/** The entry in HTTP Archive form; undefined where it tells of no request. */
export function harEntry(entry: unknown): object | undefined {
  if (!isRequestLike(entry)) return undefined;
  const { method, url, status } = entry;
  const startedAt = numberIn(entry, 'startedAt', 'timestamp', 'time') ?? 0;
  const durationMs = numberIn(entry, 'durationMs', 'duration') ?? UNKNOWN;
  const bytes = numberIn(entry, 'responseBytes', 'bytes') ?? UNKNOWN;
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      method,
      url,
      httpVersion: '',
      cookies: [],
      headers: headersIn(entry['requestHeaders']),
      queryString: [],
      headersSize: UNKNOWN,
      bodySize: numberIn(entry, 'requestBytes') ?? UNKNOWN,
    },
    response: {
      status,
      statusText: '',
      httpVersion: '',
      cookies: [],
      headers: headersIn(entry['responseHeaders']),
      content: { size: bytes, mimeType: '' },
      redirectURL: '',
      headersSize: UNKNOWN,
      bodySize: bytes,
    },
    cache: {},
    timings: { send: UNKNOWN, wait: durationMs, receive: UNKNOWN },
  };
}
