import { expect, test } from 'vitest';
import { MemoryManager } from '../../../src/memory/index.js';
import { fc } from '../../support/properties.js';

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const byteLength = (text: string) => encoder.encode(text).length;

/** Whether no half of a pair stands alone. */
const isWellFormed = (text: string) => [...text].every((point) => !/^[\ud800-\udfff]$/.test(point));

/** Code points of each length, marks, and halves of pairs. */
const unit = fc.constantFrom(
  'a',
  '"',
  '\u0000',
  'é',
  'ß',
  '߿',
  '€',
  '中',
  '\uffff',
  '\ufeff',
  '😀',
  '👨‍👩‍👧',
  'e\u0301',
  '\ud83d',
  '\ude00',
);
const mixed = fc.string({ unit, maxLength: 80 });
const anyText = fc.oneof(
  mixed,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);
const limit = fc.integer({ min: 0, max: 120 });

test('a text is cut to its longest prefix within the limit, never inside a code point', () => {
  fc.assert(
    fc.property(anyText, limit, (text, maxBodySize) => {
      const { body, truncated, originalBytes, keptBytes, cutBytes } = new MemoryManager({
        maxBodySize,
      }).truncateResponseBody(text);
      expect(text.startsWith(body)).toBe(true);
      expect(originalBytes).toBe(byteLength(text));
      expect(keptBytes).toBe(byteLength(body));
      expect(cutBytes).toBe(originalBytes - keptBytes);
      expect(truncated).toBe(body !== text);
      expect(keptBytes).toBeLessThanOrEqual(Math.max(maxBodySize, 0));
      // The next code point would not have fitted, and was not split.
      const [next = ''] = text.slice(body.length);
      if (truncated) expect(keptBytes + byteLength(next)).toBeGreaterThan(maxBodySize);
      expect(byteLength(body) + byteLength(text.slice(body.length))).toBe(originalBytes);
      if (isWellFormed(text)) expect(strict.decode(encoder.encode(body))).toBe(body);
    }),
    { numRuns: 2_000 },
  );
});

test('long texts are measured exactly, wherever the runs end', () => {
  fc.assert(
    fc.property(
      fc.string({ unit, minLength: 1, maxLength: 40 }),
      fc.integer({ min: 100, max: 600 }),
      (piece, times) => {
        const text = piece.repeat(times);
        const { body, originalBytes, keptBytes } = new MemoryManager({ maxBodySize: 5_000 }).truncateResponseBody(text);
        expect(originalBytes).toBe(byteLength(text));
        expect(keptBytes).toBe(byteLength(body));
        expect(text.startsWith(body)).toBe(true);
        expect(keptBytes).toBeLessThanOrEqual(5_000);
      },
    ),
    { numRuns: 100 },
  );
});

/** The same bytes as each type that may hold text. */
const BYTE_TYPES: Readonly<Record<string, (bytes: Uint8Array<ArrayBuffer>) => ArrayBuffer | ArrayBufferView>> = {
  ArrayBuffer: (bytes) => bytes.slice().buffer,
  Uint8Array: (bytes) => bytes,
  Uint8ClampedArray: (bytes) => new Uint8ClampedArray(bytes),
  DataView: (bytes) => new DataView(bytes.slice().buffer),
  'a view into a larger buffer': (bytes) => {
    const larger = new Uint8Array(bytes.length + 20).fill(0x80);
    larger.set(bytes, 10);
    return larger.subarray(10, 10 + bytes.length);
  },
};

const bytesOf = (body: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : new Uint8Array(body);

test.each(Object.entries(BYTE_TYPES))('text in %s is cut where a code point ends', (_, make) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), limit, (text, maxBodySize) => {
      const original = encoder.encode(text);
      const body = make(original);
      const {
        body: kept,
        truncated,
        keptBytes,
        cutBytes,
      } = new MemoryManager({ maxBodySize }).truncateResponseBody(body);
      expect(text.startsWith(strict.decode(bytesOf(kept)))).toBe(true);
      expect(truncated).toBe(original.length > maxBodySize);
      expect(keptBytes).toBe(bytesOf(kept).length);
      expect(keptBytes + cutBytes).toBe(original.length);
      expect(keptBytes).toBeLessThanOrEqual(Math.max(maxBodySize, 0));
      if (truncated) expect(keptBytes).toBeGreaterThan(maxBodySize - 4);
      else expect(kept).toBe(body);
      expect(Object.getPrototypeOf(kept)).toBe(Object.getPrototypeOf(body));
    }),
    { numRuns: 300 },
  );
});

test('bytes that are no text lose less than 4 bytes more than they must', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), limit, (bytes, maxBodySize) => {
      const { body, keptBytes } = new MemoryManager({ maxBodySize }).truncateResponseBody(bytes);
      expect([...body]).toEqual([...bytes.subarray(0, keptBytes)]);
      expect(keptBytes).toBeLessThanOrEqual(maxBodySize);
      expect(keptBytes).toBeGreaterThan(Math.min(bytes.length, maxBodySize) - 4);
    }),
  );
});
