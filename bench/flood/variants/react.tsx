import { memo, type ReactNode, useDeferredValue, useEffect, useLayoutEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Grid, textOf } from '../grid.js';
import type { FloodVariant } from '../run-flood.js';

type SetSequences = (sequences: readonly number[]) => void;

/** React 19: the grid's data is deferred, and each cell is memoised, so that only changed cells render. */
export function reactDeferredValue(grid: Grid): FloodVariant {
  const sequences = new Array<number>(grid.size).fill(0);
  let setSequences: SetSequences | undefined;
  let scheduled = false;
  const root = createRoot(grid.element);
  root.render(
    <Cells
      grid={grid}
      onReady={(set) => {
        setSequences = set;
      }}
    />,
  );
  const send = (): void => {
    scheduled = false;
    setSequences?.([...sequences]);
  };
  return {
    // One state update for a message's updates, as an app with a store would do.
    update: (cell, sequence) => {
      sequences[cell] = sequence;
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(send);
    },
    stop: () => root.unmount(),
  };
}

function Cells({ grid, onReady }: { readonly grid: Grid; readonly onReady: (set: SetSequences) => void }): ReactNode {
  const [sequences, setSequences] = useState<readonly number[]>(() => new Array<number>(grid.size).fill(0));
  const deferred = useDeferredValue(sequences);
  useEffect(() => onReady(setSequences), [onReady]);
  return <DeferredCells grid={grid} sequences={deferred} />;
}

const DeferredCells = memo(
  ({ grid, sequences }: { readonly grid: Grid; readonly sequences: readonly number[] }): ReactNode =>
    [...sequences.keys()].map((cell) => <Cell key={cell} grid={grid} cell={cell} sequence={sequences[cell] ?? 0} />),
);

const Cell = memo(
  ({ grid, cell, sequence }: { readonly grid: Grid; readonly cell: number; readonly sequence: number }): ReactNode => {
    grid.spend();
    useLayoutEffect(() => {
      grid.shown[cell] = sequence;
    }, [grid, cell, sequence]);
    return <span>{textOf(sequence)}</span>;
  },
);
