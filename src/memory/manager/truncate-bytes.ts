import type { Bytes } from '../../core/units.js';

/**
 * Where to cut bytes: at `limit`, or up to 3 bytes before it where that would split a UTF-8 sequence.
 * Bytes that are no text lose nothing by it: they are cut at `limit` unless they look like a whole sequence there.
 */
export function utf8Boundary(bytes: Uint8Array, limit: Bytes): Bytes {
  let lead = limit;
  while (lead > Math.max(0, limit - 3) && isContinuation(bytes[lead])) lead--;
  const end = lead + sequenceLength(bytes[lead]);
  if (lead === limit || end <= limit || end > bytes.length) return limit;
  for (let at = limit + 1; at < end; at++) if (!isContinuation(bytes[at])) return limit;
  return lead;
}

const isContinuation = (byte = 0): boolean => (byte & 0xc0) === 0x80;

/** How long the sequence is that this byte begins; 1 when it begins none. */
function sequenceLength(byte = 0): number {
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 1;
}

/** The first `limit` bytes of a longer buffer, or a little less, in memory of their own. */
export function cutBuffer(buffer: ArrayBufferLike, limit: Bytes): ArrayBufferLike {
  return buffer.slice(0, utf8Boundary(new Uint8Array(buffer), limit));
}

/** The first `limit` bytes of a longer view, or a little less: a view of the same type, in memory of its own. */
export function cutView(view: ArrayBufferView, limit: Bytes): ArrayBufferView {
  const { buffer, byteOffset, byteLength } = view;
  const boundary = () => utf8Boundary(new Uint8Array(buffer, byteOffset, byteLength), limit);
  if (view instanceof DataView) return new DataView(buffer.slice(byteOffset, byteOffset + boundary()));
  // Elements of several bytes are no UTF-8; only whole ones are kept.
  const elementBytes = 'BYTES_PER_ELEMENT' in view ? Number(view.BYTES_PER_ELEMENT) : 1;
  const end = elementBytes === 1 ? boundary() : Math.floor(limit / elementBytes);
  // Not the view's own slice(), which subclasses (Buffer) have share the memory.
  const copy: ArrayBufferView = Reflect.apply(Uint8Array.prototype.slice, view, [0, end]);
  return copy;
}
