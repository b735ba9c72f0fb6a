import type { Bytes } from '../../core/units.js';
import type { BodyOmission } from './network-entry.js';

/** Kept beyond what is asked for, so that a secret that lies across the cut is known for one. */
const MARGIN: Bytes = 2_048;
const TEXTUAL =
  /^(?:text\/|multipart\/form-data|application\/(?:[\w.+-]*\+)?(?:json|xml|x-www-form-urlencoded|(?:x-)?javascript|ecmascript|graphql|x-ndjson|ndjson|jsonl|yaml))/i;

/** The bytes of a text in UTF-8, without encoding it. */
export function utf8Bytes(text: string): Bytes {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7ff) bytes += code >= 0xd800 && code <= 0xdfff ? 1 : 2;
    else if (code > 0x7f) bytes += 1;
  }
  return bytes;
}

/** The longest beginning of a text that takes at most this many bytes, and ends with a whole character. */
export function cutText(text: string, most: Bytes): string {
  if (text.length * 3 <= most) return text;
  const buffer = new Uint8Array(most);
  return text.slice(0, new TextEncoder().encodeInto(text, buffer).read);
}

/** The beginning of one body, taken as it passes: never more than was asked for, and never before the app reads it. */
export class BodyText {
  omitted: BodyOmission | undefined;
  #keep: Bytes;
  #text = '';
  #bytes: Bytes | undefined = 0;
  #decoder: TextDecoder | undefined;
  #consumer: unknown;
  #ended = false;
  readonly #onEnd: () => void;

  constructor(limit: Bytes, contentType: string | null | undefined, onEnd: () => void) {
    this.#keep = limit + MARGIN;
    this.#onEnd = onEnd;
    if (contentType && !TEXTUAL.test(contentType)) this.omitted = 'binary';
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** How much more is kept. */
  get keeps(): Bytes {
    return this.#keep;
  }

  /** Not redacted yet. */
  get text(): string | undefined {
    return this.omitted === 'binary' || this.omitted === 'document' ? undefined : this.#text;
  }

  /** Undefined while it was not seen to its end. */
  get bytes(): Bytes | undefined {
    return this.ended ? this.#bytes : undefined;
  }

  /** Whether what `consumer` reads counts: of a body and its clones, the one that is read first. */
  isReadBy(consumer: unknown): boolean {
    this.#consumer ??= consumer;
    return this.#consumer === consumer;
  }

  addBytes(chunk: unknown): void {
    const bytes = toBytes(chunk);
    if (this.ended || !bytes) return;
    this.#bytes = (this.#bytes ?? 0) + bytes.byteLength;
    if (this.omitted === 'binary' || this.#keep <= 0) return;
    const kept = bytes.subarray(0, this.#keep);
    this.#keep -= kept.byteLength;
    this.#decoder ??= new TextDecoder();
    this.#text += this.#decoder.decode(kept, { stream: true });
    if (this.#text.includes('\0')) this.omitted = 'binary';
  }

  /** Reads no more of a blob than is kept. */
  async readBlob(blob: Blob): Promise<void> {
    if (this.omitted !== 'binary') this.addBytes(await blob.slice(0, this.#keep).arrayBuffer());
    if (!this.ended) this.#bytes = blob.size;
  }

  addText(text: string): void {
    if (this.ended) return;
    this.#bytes = utf8Bytes(text);
    if (this.omitted === 'binary') return;
    this.#text = cutText(text, this.#keep);
  }

  /** Text that stands for a body whose bytes were not seen (a parsed one). */
  addStandIn(text: string): void {
    if (this.ended) return;
    this.omitted = undefined;
    this.#bytes = undefined;
    this.#text = cutText(text, this.#keep);
  }

  end(omitted?: BodyOmission): void {
    if (this.ended) return;
    if (omitted) {
      this.#bytes = undefined;
      this.omitted ??= omitted;
    }
    this.#ended = true;
    this.#onEnd();
  }
}

function toBytes(chunk: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  return chunk instanceof ArrayBuffer ? new Uint8Array(chunk) : undefined;
}
