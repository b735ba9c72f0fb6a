import { type MemoryResponder, PressureLevel } from 'poise/core';
import { OptimizationManager } from 'poise/optimize';
import { inMs, type Outcome, showExample } from './example-page.js';
import { withFrameGaps } from './frame-gaps.js';

const MATRICES = 1_500;
const SIDE = 100;
const BYTES_PER_MB = 1_048_576;

type Matrix = readonly (readonly number[])[];
interface Sums {
  readonly matrixId: number;
  readonly rowSums: readonly number[];
}

const makeMatrix = (i: number): Matrix =>
  Array.from({ length: SIDE }, () => Array.from({ length: SIDE }, (_, j) => i + j));
const transpose = (matrix: Matrix): Matrix => matrix.map((_, at) => matrix.map((row) => row[at] ?? 0));
const sumsOf = (matrix: Matrix, matrixId: number): Sums => {
  const rowSums = transpose(transpose(matrix)).map((row) => row.reduce((sum, value) => sum + value, 0));
  return { matrixId, rowSums };
};

/** Keeps every matrix until the last is made. */
function allAtOnce(count: number): { sums: Sums[]; held: number } {
  const matrices = Array.from({ length: count }, (_, i) => makeMatrix(i));
  return { sums: matrices.map(sumsOf), held: matrices.length };
}

/** Needs one matrix at a time, and lets others in after each. */
function* oneByOne(count: number): Generator<void, { sums: Sums[]; held: number }> {
  const sums: Sums[] = [];
  for (let i = 0; i < count; i++) {
    sums.push(sumsOf(makeMatrix(i), i));
    yield;
  }
  return { sums, held: 1 };
}

/** Something of the app's that can be built again: here, eight previews of 4 MB. */
class PreviewCache implements MemoryResponder {
  readonly name = 'previews';
  #previews: Uint8Array[] = [];

  fill(): void {
    this.#previews = Array.from({ length: 8 }, () => new Uint8Array(4 * BYTES_PER_MB));
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

showExample(async (): Promise<Outcome> => {
  previews.fill();
  const savedBefore = optimizedOperation.result.memorySavedBytes ?? 0;
  const plain = await withFrameGaps(() => allAtOnce(MATRICES));
  const sliced = await withFrameGaps(() => optimizedOperation(MATRICES));
  const { memorySavedBytes, metadata } = optimizedOperation.result;
  const givenBack = memorySavedBytes === undefined ? undefined : memorySavedBytes - savedBefore;
  return {
    bars: [
      { name: 'No frame for, all at once', ms: plain.longestGapMs, own: false },
      { name: 'No frame for, in slices', ms: sliced.longestGapMs, own: true },
    ],
    checks: [
      {
        text: 'Both gave the same sums',
        holds: JSON.stringify(plain.result.sums) === JSON.stringify(sliced.result.sums),
      },
      { text: 'The page went on showing frames', holds: sliced.longestGapMs < plain.longestGapMs / 2 },
      { text: 'What could be rebuilt was given back', holds: givenBack !== undefined && givenBack > 0 },
    ],
    facts: [
      ['Given back', givenBack === undefined ? 'not known' : `${givenBack / BYTES_PER_MB} MB`],
      ['Matrices held at once', `${plain.result.held.toLocaleString('en')}, in slices ${sliced.result.held}`],
      ['Slices', `${metadata['slices']}`],
      ['In all', `${inMs(plain.ms)}, in slices ${inMs(sliced.ms)}`],
    ],
  };
});
