import type { Bytes } from '../../core/units.js';
import { type BodyText, utf8Bytes } from './body-text.js';

/** How many bytes a request's body has; undefined where only the browser knows (a form with files, a stream). */
export function requestBytes(body: unknown): Bytes | undefined {
  if (body === undefined || body === null) return 0;
  if (typeof body === 'string') return utf8Bytes(body);
  if (ArrayBuffer.isView(body) || body instanceof ArrayBuffer) return body.byteLength;
  if (body instanceof Blob) return body.size;
  if (body instanceof URLSearchParams) return String(body).length;
  return undefined;
}

/** Takes the beginning of a request's body, without a trace to the app. */
export function takeBody(body: unknown, into: BodyText): void {
  if (body instanceof Blob) {
    takeBlob(body, into);
    return;
  }
  if (typeof body === 'string') into.addText(body);
  else if (body instanceof URLSearchParams) into.addText(String(body));
  else if (body instanceof FormData) into.addStandIn(formText(body));
  else into.addBytes(body);
  const isSeen = typeof body === 'string' || isPlain(body);
  into.end(isSeen ? undefined : isDocument(body) ? 'document' : 'stream');
}

const isPlain = (body: unknown): boolean =>
  ArrayBuffer.isView(body) ||
  body instanceof ArrayBuffer ||
  body instanceof URLSearchParams ||
  body instanceof FormData;

const isDocument = (body: unknown): boolean => typeof Document !== 'undefined' && body instanceof Document;

/** Reads a blob by itself: that takes nothing from the app. */
export function takeBlob(blob: Blob, into: BodyText): void {
  into.readBlob(blob).then(
    () => into.end(),
    () => into.end('cancelled'),
  );
}

/** A form's fields as a query string; of files their name and size. */
export function formText(form: FormData): string {
  const pairs: string[] = [];
  form.forEach((value, name) => {
    const text = typeof value === 'string' ? value : `(${value.name}, ${value.size} bytes)`;
    pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
  });
  return pairs.join('&');
}
