import { type MemoryResponder, PressureLevel } from 'poise/core';
import { OptimizationManager } from 'poise/optimize';
import { AliveBytes } from './alive-bytes.js';
import { inMb, inMs, type Outcome, showExample } from './example-page.js';
import { withFrameGaps } from './frame-gaps.js';

const MATRICES = 3_000;
const SIDE = 100;
const BYTES_PER_MB = 1_048_576;

type Matrix = Float64Array;
interface Sums {
  readonly matrixId: number;
  readonly rowSums: readonly number[];
}

const alive = new AliveBytes();

const makeMatrix = (i: number): Matrix =>
  alive.track(Float64Array.from({ length: SIDE * SIDE }, (_, at) => i + (at % SIDE)));
const sumsOf = (matrix: Matrix, matrixId: number): Sums => {
  const rowSums = Array.from({ length: SIDE }, (_, row) =>
    matrix.subarray(row * SIDE, (row + 1) * SIDE).reduce((sum, value) => sum + value, 0),
  );
  return { matrixId, rowSums };
};

/** Keeps every matrix until the last is made. */
function allAtOnce(count: number): Sums[] {
  const matrices = Array.from({ length: count }, (_, i) => makeMatrix(i));
  return matrices.map(sumsOf);
}

/** Needs one matrix at a time, and lets others in after each. */
function* oneByOne(count: number): Generator<void, Sums[]> {
  const sums: Sums[] = [];
  for (let i = 0; i < count; i++) {
    sums.push(sumsOf(makeMatrix(i), i));
    yield;
  }
  return sums;
}

/** Something of the app's that can be built again: here, sixteen previews of 4 MB. */
class PreviewCache implements MemoryResponder {
  readonly name = 'previews';
  #previews: Uint8Array[] = [];

  fill(): void {
    this.#previews = Array.from({ length: 16 }, () => alive.track(new Uint8Array(4 * BYTES_PER_MB)));
  }

  releaseMemory() {
    const bytes = this.#previews.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const items = this.#previews.length;
    this.#previews = [];
    return { items, bytes };
  }
}

const previews = new PreviewCache();
const manager = new OptimizationManager();
const optimizedOperation = manager.optimizeFunction(oneByOne, {
  optimizationType: 'memory',
  responders: [previews],
  pressure: () => PressureLevel.SERIOUS,
});

/** Runs it with full previews, and measures what the browser had not freed meanwhile. */
async function measured(work: () => Sums[] | Promise<Sums[]>) {
  previews.releaseMemory();
  alive.reset();
  previews.fill();
  const run = await withFrameGaps(work);
  return { ...run, mostBytes: alive.most };
}

showExample(async (): Promise<Outcome> => {
  const plain = await measured(() => allAtOnce(MATRICES));
  const savedBefore = optimizedOperation.result.memorySavedBytes ?? 0;
  const sliced = await measured(() => optimizedOperation(MATRICES));
  const { memorySavedBytes, metadata } = optimizedOperation.result;
  const givenBack = memorySavedBytes === undefined ? undefined : memorySavedBytes - savedBefore;
  return {
    bars: [
      {
        name: 'Memory in use at the most, all at once',
        value: plain.mostBytes,
        text: inMb(plain.mostBytes),
        own: false,
      },
      {
        name: 'Memory in use at the most, in slices',
        value: sliced.mostBytes,
        text: inMb(sliced.mostBytes),
        own: true,
      },
    ],
    checks: [
      { text: 'Both gave the same sums', holds: JSON.stringify(plain.result) === JSON.stringify(sliced.result) },
      { text: 'In slices it needed less than half of the memory', holds: sliced.mostBytes < plain.mostBytes / 2 },
      { text: 'What could be rebuilt was given back', holds: givenBack === 16 * 4 * BYTES_PER_MB },
      { text: 'The page went on showing frames', holds: sliced.longestGapMs < plain.longestGapMs / 2 },
    ],
    facts: [
      ['Given back', givenBack === undefined ? 'not known' : inMb(givenBack)],
      ['Longest time without a frame', `${inMs(plain.longestGapMs)}, in slices ${inMs(sliced.longestGapMs)}`],
      ['Slices', `${metadata['slices']} since the page opened`],
      ['In all', `${inMs(plain.ms)}, in slices ${inMs(sliced.ms)}`],
    ],
  };
});
