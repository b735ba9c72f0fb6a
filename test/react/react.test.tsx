import { StrictMode, startTransition, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { disposeSymbol } from '../../src/core/index.js';
import {
  PoiseOverlay,
  type Store,
  throttleStore,
  useMeasure,
  useThrottledStore,
  useThrottledValue,
} from '../../src/react/index.js';
import { UpdateThrottler } from '../../src/throttle/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

// React's first root leaves a listener of its own on the document for good; have it there before the tests begin.
createRoot(document.createElement('div')).unmount();

const CELLS = [0, 1, 2, 3, 4, 5, 6, 7];

let container: HTMLElement;
let root: Root;
let clock: VirtualClock;
let throttler: UpdateThrottler;

beforeEach(() => {
  container = document.createElement('div');
  document.body.append(container);
  root = createRoot(container);
  clock = new VirtualClock();
  throttler = new UpdateThrottler(
    { mode: 'fixed', maxUpdatesPerSecond: 10 },
    { clock, environment: clock.environment },
  );
  throttler.start();
});
afterEach(() => {
  root.unmount();
  container.remove();
  throttler[disposeSymbol]();
});

function counter() {
  let count = 0;
  const listeners = new Set<() => void>();
  return {
    listeners,
    store: {
      subscribe(onChange) {
        listeners.add(onChange);
        return () => listeners.delete(onChange);
      },
      getSnapshot: () => count,
    } satisfies Store<number>,
    set(value: number) {
      count = value;
      for (const listener of listeners) listener();
    },
  };
}

describe('useThrottledValue', () => {
  it('shows values at the rate, and the last one always', async () => {
    const shown: number[] = [];
    function View({ price }: { price: number }) {
      const value = useThrottledValue(price, throttler);
      shown.push(value);
      return <output>{value}</output>;
    }
    root.render(<View price={0} />);
    await vi.waitFor(() => expect(container.textContent).toBe('0'));
    for (let price = 1; price <= 50; price++) {
      root.render(<View price={price} />);
      await Promise.resolve();
    }
    await vi.waitFor(() => {
      clock.advance(200);
      expect(container.textContent).toBe('50');
    });
    expect(new Set(shown).size).toBeLessThan(10);
  });

  it('has a throttler of its own where none is given, under StrictMode too, and leaves nothing of it', async () => {
    function View({ price }: { price: number }) {
      return <output>{useThrottledValue(price, { mode: 'fixed', maxUpdatesPerSecond: 50 })}</output>;
    }
    for (const price of [1, 2, 3]) {
      root.render(
        <StrictMode>
          <View price={price} />
        </StrictMode>,
      );
    }
    await vi.waitFor(() => expect(container.textContent).toBe('3'));
    root.unmount();
    root = createRoot(container);
  });
});

describe('useThrottledStore', () => {
  it('follows a store at the rate; the last change lands', async () => {
    const { store, set, listeners } = counter();
    const throttled = throttleStore(store, throttler);
    const View = () => <output>{useThrottledStore(throttled, (count) => count * 2)}</output>;
    root.render(
      <StrictMode>
        <View />
      </StrictMode>,
    );
    await vi.waitFor(() => expect(container.textContent).toBe('0'));
    expect(listeners.size).toBe(1);
    for (let n = 1; n <= 1_000; n++) set(n);
    expect(throttled.getSnapshot()).toBe(0);
    await vi.waitFor(() => {
      clock.advance(200);
      expect(container.textContent).toBe('2000');
    });
    expect(throttler.stats.executed).toBeLessThan(5);
    root.render(null);
    await vi.waitFor(() => expect(listeners.size).toBe(0));
  });

  it('never tears: all components of one rendering see one snapshot, in a transition too', async () => {
    const { store, set } = counter();
    const throttled = throttleStore(store, throttler);
    const seen: number[][] = [];
    function Cell({ at, row }: { at: number; row: number[] }) {
      const value = useThrottledStore(throttled);
      row[at] = value;
      // Long enough that React yields between cells.
      const until = performance.now() + 3;
      while (performance.now() < until);
      return <i>{value}</i>;
    }
    let render: (n: number) => void = () => undefined;
    function Grid() {
      const [n, setN] = useState(0);
      render = setN;
      const row: number[] = [];
      seen.push(row);
      return CELLS.map((at) => <Cell key={`${n}-${at}`} at={at} row={row} />);
    }
    root.render(<Grid />);
    await vi.waitFor(() => expect(container.childElementCount).toBe(8));
    for (let n = 1; n <= 20; n++) {
      startTransition(() => render(n));
      set(n);
      clock.advance(120);
      await new Promise((resolve) => setTimeout(resolve, 5));
      const texts = new Set([...container.children].map((cell) => cell.textContent));
      expect(texts.size).toBe(1);
    }
    await vi.waitFor(() => {
      clock.advance(200);
      expect(container.textContent).toBe('20'.repeat(8));
    });
  });

  it('gives what was there at the rendering on the server', () => {
    const throttled = throttleStore({ ...counter().store, getServerSnapshot: () => 7 }, throttler);
    const View = () => <output>{useThrottledStore(throttled)}</output>;
    expect(renderToString(<View />)).toBe('<output>7</output>');
    const Value = () => <output>{useThrottledValue('now')}</output>;
    expect(renderToString(<Value />)).toBe('<output>now</output>');
    expect(renderToString(<PoiseOverlay />)).toBe('');
  });
});

describe('useMeasure', () => {
  it('measures under the component’s name, and stays the same function', async () => {
    const told: string[] = [];
    const measurer = {
      measurePerformance<Args extends readonly unknown[], Result>(
        componentId: string,
        operation: string,
        fn: (...args: Args) => Result,
        ...args: Args
      ): Result {
        told.push(`${componentId} ${operation}`);
        return fn(...args);
      },
    };
    const functions = new Set<unknown>();
    function View({ n }: { n: number }) {
      const measure = useMeasure('chart', measurer);
      functions.add(measure);
      return <output>{measure('draw', () => n + 1)}</output>;
    }
    root.render(<View n={1} />);
    await vi.waitFor(() => expect(container.textContent).toBe('2'));
    root.render(<View n={2} />);
    await vi.waitFor(() => expect(container.textContent).toBe('3'));
    expect(told).toEqual(['chart draw', 'chart draw']);
    expect(functions.size).toBe(1);
  });
});

describe('<PoiseOverlay>', () => {
  it('is on the page once, under StrictMode too, and goes with the component', async () => {
    const options = { storageKey: 'test:react-overlay' };
    root.render(
      <StrictMode>
        <PoiseOverlay options={options} />
      </StrictMode>,
    );
    await vi.waitFor(() => expect(document.querySelectorAll('poise-pill')).toHaveLength(1));
    root.render(null);
    await vi.waitFor(() => expect(document.querySelectorAll('poise-pill')).toHaveLength(0));
  });
});
