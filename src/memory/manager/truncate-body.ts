import { estimateBytes, isBuffer } from '../../core/size-estimate.js';
import type { Bytes } from '../../core/units.js';
import { cutBuffer, cutView } from './truncate-bytes.js';
import { TextCutter } from './truncate-text.js';

/** The type of a body after it was cut: a File becomes a Blob. */
export type TruncatedBody<Body> = Body extends string ? string : Body extends Blob ? Blob : Body;

/** A body as it is kept, and how much of it that is. */
export interface Truncation<Body = unknown> {
  /** The body itself where it was short enough, else a shorter one of the same kind, in memory of its own. */
  readonly body: TruncatedBody<Body>;
  readonly truncated: boolean;
  /** Texts are measured as UTF-8, objects estimated. */
  readonly originalBytes: Bytes;
  readonly keptBytes: Bytes;
  readonly cutBytes: Bytes;
}

/** What there is to know of a body that was cut. */
export type Cut = Omit<Truncation, 'truncated'>;

/** Cuts bodies of every type to a number of bytes. Never throws, whatever it is given. */
export class BodyTruncator {
  readonly #limit: Bytes;
  readonly #texts: TextCutter;

  constructor(limit: Bytes) {
    this.#limit = limit;
    this.#texts = new TextCutter(limit);
  }

  /** The body cut, or `undefined` where there is nothing to cut: it is short enough, or of a type that can't be cut. */
  cut(body: unknown): Cut | undefined {
    try {
      if (typeof body === 'string') return this.#cutText(body);
      return typeof body === 'object' && body !== null ? this.#cutBinary(body) : undefined;
    } catch {
      // Detached, or a proxy that refuses.
      return undefined;
    }
  }

  truncate(body: unknown): Truncation {
    const cut = this.cut(body);
    if (cut) return { ...cut, truncated: true };
    const bytes = this.#bytesOf(body);
    return { body, truncated: false, originalBytes: bytes, keptBytes: bytes, cutBytes: 0 };
  }

  #bytesOf(body: unknown): Bytes {
    if (body === undefined || body === null) return 0;
    return typeof body === 'string' ? this.#texts.byteLength(body) : estimateBytes(body);
  }

  #cutText(text: string): Cut | undefined {
    const cut = this.#texts.cut(text);
    return cut && describeCut(cut.body, this.#texts.byteLength(text), cut.keptBytes);
  }

  #cutBinary(body: object): Cut | undefined {
    const limit = this.#limit;
    if (ArrayBuffer.isView(body)) {
      if (body.byteLength <= limit) return undefined;
      const kept = cutView(body, limit);
      return describeCut(kept, body.byteLength, kept.byteLength);
    }
    if (isBuffer(body)) {
      if (body.byteLength <= limit) return undefined;
      const kept = cutBuffer(body, limit);
      return describeCut(kept, body.byteLength, kept.byteLength);
    }
    if (!isBlob(body) || body.size <= limit) return undefined;
    return describeCut(body.slice(0, limit, body.type), body.size, limit);
  }
}

const describeCut = (body: unknown, originalBytes: Bytes, keptBytes: Bytes): Cut => ({
  body,
  originalBytes,
  keptBytes,
  cutBytes: originalBytes - keptBytes,
});

const isBlob = (value: unknown): value is Blob => typeof Blob !== 'undefined' && value instanceof Blob;
