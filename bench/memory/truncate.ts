import { MemoryManager } from '../../src/memory/index.js';
import type { Readings, RunContext, Variant } from '../harness/bench.js';

const MB = 1_048_576;
const LIMIT = 10_240;

/** A text of a megabyte as UTF-8; by a copy of its own, as a body that has just arrived is. */
const megabyteOf = (piece: string) => {
  const bytes = new TextEncoder().encode(piece).length;
  const text = piece.repeat(Math.ceil(MB / bytes));
  return (): string => new TextDecoder().decode(new TextEncoder().encode(text));
};

/** Made anew for each run: engines remember what they found out about a string. */
export const TEXTS: Readonly<Record<string, () => string>> = {
  'ASCII JSON': megabyteOf('{"id":123,"name":"an order","price":45.67},'),
  'Latin text': megabyteOf('Où est passée la pièce détachée ? '),
  'Chinese text': megabyteOf('价格已经更新，请刷新页面。'),
  emoji: megabyteOf('😀 a 🚀 '),
};

/** µs to cut a body once, each body new. */
const cuts =
  (makeText: () => string, cut: (text: string) => { readonly kept: string; readonly cutBytes: number }): Variant =>
  ({ quick }: RunContext): Readings => {
    const times: number[] = [];
    for (let round = 0; round < (quick ? 20 : 50); round++) {
      const text = makeText();
      const startedAt = performance.now();
      const { kept, cutBytes } = cut(text);
      times.push(performance.now() - startedAt);
      if (!text.startsWith(kept) || cutBytes < MB - LIMIT) throw new Error('it was cut wrongly');
    }
    return { cut: (times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN) * 1_000 };
  };

export function poiseTruncate(makeText: () => string): Variant {
  const manager = new MemoryManager({ maxBodySize: LIMIT });
  return cuts(makeText, (text) => {
    const { body, cutBytes } = manager.truncateResponseBody(text);
    return { kept: body, cutBytes };
  });
}

/** As it is mostly written, with the decoder's way of leaving out half a character at the end. */
export function encodeSliceDecode(makeText: () => string): Variant {
  return cuts(makeText, (text) => {
    const bytes = new TextEncoder().encode(text);
    const kept = new TextDecoder().decode(bytes.slice(0, LIMIT), { stream: true });
    return { kept, cutBytes: bytes.length - LIMIT };
  });
}
