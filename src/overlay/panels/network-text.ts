import type { NetworkBody, NetworkEntry } from '../../collect/index.js';
import * as format from '../ui/format.js';

/** All that is known of a request, as text. */
export function requestText(entry: NetworkEntry): string {
  const { method, url, status, aborted, error, durationMs, ttfbMs, requestBytes, responseBytes } = entry;
  const outcome = aborted ? 'given up' : error ? `${error.name}: ${error.message}` : `status ${status}`;
  return [
    `${method} ${url}`,
    `${outcome}, took ${format.duration(durationMs)}, first answer after ${format.duration(ttfbMs)}`,
    `sent ${format.bytes(requestBytes)}, received ${format.bytes(responseBytes)}`,
    ...headersText('Request headers', entry.requestHeaders),
    ...bodyText('Request body', entry.requestBody),
    ...headersText('Response headers', entry.responseHeaders),
    ...bodyText('Response body', entry.responseBody),
  ].join('\n');
}

function headersText(title: string, headers: NetworkEntry['requestHeaders']): string[] {
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `  ${name}: ${value}`);
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function bodyText(title: string, body: NetworkBody | undefined): string[] {
  if (!body) return [];
  const cut = body.cutBytes ? `, ${format.bytes(body.cutBytes)} cut off` : '';
  return ['', `${title}, ${format.bytes(body.bytes)}${cut}`, body.text ?? `(not kept: ${body.omitted})`];
}
