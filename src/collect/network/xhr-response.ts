import type { BodyText } from './body-text.js';
import { boundedJson } from './bounded-json.js';
import type { RawHeaders } from './raw-request.js';
import { takeBlob } from './request-body.js';

/** What getAllResponseHeaders() gives; it asks for nothing that the browser would warn of. */
export function parseHeaders(lines: string): RawHeaders {
  return lines.split('\r\n').flatMap((line): RawHeaders => {
    const at = line.indexOf(':');
    return at > 0 ? [[line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]] : [];
  });
}

/** Takes the beginning of a response that is there, of whatever `responseType`; the app gets the same objects. */
export function takeXhrBody(xhr: XMLHttpRequest, into: BodyText): void {
  if (xhr.responseType === '' || xhr.responseType === 'text') {
    into.addText(xhr.responseText);
    into.end();
    return;
  }
  const response: unknown = xhr.response;
  if (response instanceof Blob) {
    takeBlob(response, into);
    return;
  }
  if (xhr.responseType === 'arraybuffer') into.addBytes(response);
  else if (xhr.responseType === 'json') into.addStandIn(boundedJson(response, into.keeps));
  into.end(xhr.responseType === 'document' ? 'document' : undefined);
}
