import { cached, cachedOf } from '../../src/cache/index.js';

/** Compiled by the test, as an app's build does. */
class Api {
  readonly prefix: string;
  runs = 0;
  constructor(prefix: string) {
    this.prefix = prefix;
  }
  @cached({ ttlSeconds: 60 })
  async load(id: string): Promise<string> {
    this.runs++;
    return this.prefix + id;
  }
  @cached()
  static twice(n: number): number {
    return n * 2;
  }
}

const [a, b] = [new Api('a'), new Api('b')];
const loaded = await Promise.all([a.load('1'), a.load('1'), b.load('1')]);
cachedOf(a.load, a).invalidate('1');
await Promise.all([a.load('1'), b.load('1')]);
console.log(JSON.stringify({ loaded, runs: [a.runs, b.runs], twice: [Api.twice(2), Api.twice(2)] }));
for (const one of [cachedOf(a.load, a), cachedOf(b.load, b), cachedOf(Api.twice, Api)]) one[Symbol.dispose]();
