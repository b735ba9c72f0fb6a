import type { Bytes } from '../../core/units.js';

/** Lone surrogates are copied in runs of this many, which a call takes as arguments. */
const RUN = 4_096;

/** A text that was cut: what is left, and the bytes that this takes as UTF-8. */
export interface CutText {
  readonly body: string;
  readonly keptBytes: Bytes;
}

/** Cuts texts to a number of UTF-8 bytes, never inside a code point, without encoding what is cut off. */
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
    // A code unit takes at most 3 bytes, and at least 1.
    if (text.length * 3 <= this.#limit) return undefined;
    const source = text.length > this.#limit ? text.slice(0, this.#limit) : text;
    const scratch = this.#scratchFor(source.length * 3);
    const { read, written } = this.#encoder.encodeInto(source, scratch);
    if (read === text.length) return undefined;
    const copy = this.#decoder.decode(scratch.subarray(0, written));
    // A slice would keep the whole text alive. Lone surrogates are not in the bytes.
    return { body: text.startsWith(copy) ? copy : copyUnits(text, read), keptBytes: written };
  }

  #scratchFor(bytes: Bytes): Uint8Array<ArrayBuffer> {
    if (this.#scratch.length < Math.min(bytes, this.#limit))
      this.#scratch = new Uint8Array(Math.min(Math.max(bytes, 2 * this.#scratch.length), this.#limit));
    return this.#scratch;
  }
}

function copyUnits(text: string, length: number): string {
  let copy = '';
  for (let at = 0; at < length; at += RUN) {
    const units = Array.from({ length: Math.min(RUN, length - at) }, (_, offset) => text.charCodeAt(at + offset));
    copy += String.fromCharCode(...units);
  }
  return copy;
}

/** How many bytes a text takes as UTF-8; a lone surrogate takes 3, as encoders replace it. */
export function utf8Length(text: string): Bytes {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes++;
    else {
      bytes += 2;
      // The two halves of a pair take 2 bytes each.
      if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(at + 1))) at++;
    }
  }
  return bytes;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
