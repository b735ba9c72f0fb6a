import type { Environment } from '../core/environment.js';
import { PoiseError } from '../core/errors.js';
import { nextTask } from '../core/yield-to-main.js';

export type StreamEnvironment = Pick<Environment, 'CompressionStream' | 'DecompressionStream'>;

/** Fed in pieces, so that others can run in between. */
const PIECE_BYTES = 65_536;

/** @throws PoiseError where the browser has no compression streams */
export function gzip(
  bytes: Uint8Array<ArrayBuffer>,
  { CompressionStream }: StreamEnvironment,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!CompressionStream) return Promise.reject(unsupported());
  return throughStream(bytes, new CompressionStream('gzip'));
}

/** @throws PoiseError where the browser has no compression streams; TypeError when `bytes` are no gzip */
export function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  { DecompressionStream }: StreamEnvironment,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!DecompressionStream) return Promise.reject(unsupported());
  return throughStream(bytes, new DecompressionStream('gzip'));
}

function unsupported(): PoiseError {
  return new PoiseError('POISE_COMPRESSION_UNSUPPORTED', 'this browser has no compression streams');
}

async function throughStream(
  bytes: Uint8Array<ArrayBuffer>,
  stream: { readonly readable: ReadableStream<Uint8Array>; readonly writable: WritableStream<BufferSource> },
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = stream.writable.getWriter();
  const write = async () => {
    for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
      await writer.write(bytes.subarray(at, at + PIECE_BYTES));
      await nextTask();
    }
    await writer.close();
  };
  const written = write();
  // The reader rejects with the same error.
  written.catch(() => undefined);
  const pieces = await readAll(stream.readable.getReader());
  await written;
  const result = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.byteLength;
  }
  return result;
}

async function readAll(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for (let step = await reader.read(); !step.done; step = await reader.read()) pieces.push(step.value);
  return pieces;
}
