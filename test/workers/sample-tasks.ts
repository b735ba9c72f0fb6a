import { type TaskContext, transfer } from '../../src/workers/index.js';

export class TeapotError extends RangeError {
  override readonly name = 'TeapotError';
  readonly code = 418;
}

function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** Tasks of all kinds, for the tests. */
export const sampleTasks = {
  add: (a: number, b: number) => a + b,
  square: (n: number) => n * n,
  later: async (value: string, ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return value;
  },
  spin: (ms: number) => {
    spin(ms);
    return ms;
  },
  never: () => new Promise<string>(() => undefined),
  loop: () => {
    for (;;);
  },
  fail: (message: string): number => {
    throw new TeapotError(message, { cause: new TypeError('the cause', { cause: { deep: [1, 2] } }) });
  },
  failWith: (kind: 'string' | 'abort' | 'aggregate' | 'function' | 'null') => {
    if (kind === 'string') throw 'just a string';
    if (kind === 'abort') throw new DOMException('gone', 'AbortError');
    if (kind === 'aggregate') throw new AggregateError([new Error('one'), new RangeError('two')], 'both');
    if (kind === 'null') throw null;
    throw () => 1;
  },
  evenOnly: (n: number) => {
    if (n % 2) throw new RangeError(`${n} is odd`);
    return n;
  },
  uncloneable: (at: number) => (at === 1 ? () => at : at),
  async reportAborted(this: TaskContext) {
    const { signal } = this;
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return 'aborted in time';
  },
  async steps(this: TaskContext, count: number) {
    for (let step = 1; step <= count; step++) this.progress({ step });
    return count;
  },
  fill: (buffer: ArrayBuffer, byte: number) => {
    new Uint8Array(buffer).fill(byte);
    return transfer(buffer);
  },
  nested: (given: { list: { bytes: Uint8Array<ArrayBuffer> }[] }) =>
    transfer({ sizes: given.list.map(({ bytes }) => bytes.byteLength), first: given.list[0] }),
  each: async (items: number[], call: (item: number) => Promise<number>) => {
    const results: number[] = [];
    for (const item of items) results.push(await call(item));
    return results;
  },
  /** Collects garbage between the calls, where the browser lets it. */
  eachAfterGc: async (items: number[], call: (item: number) => Promise<number>) => {
    const results: number[] = [];
    for (const item of items) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const gc: unknown = Reflect.get(globalThis, 'gc');
      if (typeof gc === 'function') gc();
      results.push(await call(item));
    }
    return results;
  },
  closeSelf: () => {
    close();
    return new Promise<void>(() => undefined);
  },
  crash: () => {
    setTimeout(() => {
      throw new Error('a stray error');
    });
    return new Promise<void>(() => undefined);
  },
  crashIf: (text: string) => {
    if (text !== 'crash') return text;
    setTimeout(() => {
      throw new Error('a stray error');
    });
    return new Promise<string>(() => undefined);
  },
  whereAmI: () => (typeof document === 'undefined' ? 'worker' : 'page'),
};
export type SampleTasks = typeof sampleTasks;
