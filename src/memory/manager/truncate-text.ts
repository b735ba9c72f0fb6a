import type { Bytes } from '../../core/units.js';

/** Code units that are encoded at a time to count bytes; each takes 3 at the most. */
const RUN = 4_096;

/** A text that was cut: what is left, and the bytes that this takes as UTF-8. */
export interface CutText {
  readonly body: string;
  readonly keptBytes: Bytes;
}

/**
 * Cuts texts to a number of UTF-8 bytes, never inside a code point. Lone surrogates take 3 bytes, as encoders replace
 * them. Works in a small buffer of its own: encoding a whole body would take several times as long, and all its memory again.
 */
export class TextCutter {
  readonly #limit: Bytes;
  readonly #encoder = new TextEncoder();
  /** A byte order mark is part of the text. */
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #scratch = new Uint8Array(0);

  constructor(limit: Bytes) {
    this.#limit = limit;
  }

  /** The longest prefix that fits, as a string of its own; `undefined` when the whole text does. */
  cut(text: string): CutText | undefined {
    // A code unit takes 3 bytes at the most.
    if (text.length * 3 <= this.#limit) return undefined;
    // And one at the least.
    const source = text.length > this.#limit ? text.slice(0, this.#limit) : text;
    const room = this.#room(Math.min(source.length * 3, this.#limit));
    const { read, written } = this.#encoder.encodeInto(source, room);
    if (read === text.length) return undefined;
    const copy = this.#decoder.decode(room.subarray(0, written));
    // A slice would keep the whole text alive. Lone surrogates are not in the bytes.
    return { body: text.startsWith(copy) ? copy : copyUnits(text, read), keptBytes: written };
  }

  /** How many bytes a text takes. */
  byteLength(text: string): Bytes {
    const room = this.#room(3 * RUN);
    let bytes = 0;
    for (let at = 0; at < text.length; ) {
      let end = at + RUN;
      if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
      bytes += this.#encoder.encodeInto(text.slice(at, end), room).written;
      at = end;
    }
    return bytes;
  }

  #room(bytes: Bytes): Uint8Array<ArrayBuffer> {
    if (this.#scratch.length < bytes) this.#scratch = new Uint8Array(bytes);
    return this.#scratch.subarray(0, bytes);
  }
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;

/** A copy of the first code units, whatever they are. */
function copyUnits(text: string, length: number): string {
  let copy = '';
  for (let at = 0; at < length; at += RUN) {
    const units = Array.from({ length: Math.min(RUN, length - at) }, (_, offset) => text.charCodeAt(at + offset));
    copy += String.fromCharCode(...units);
  }
  return copy;
}
