import { expect, test } from 'vitest';
import { Disposer, disposeSymbol } from '../../src/core/index.js';

test('clean-ups run once, last in first out', () => {
  const ran: number[] = [];
  const disposer = new Disposer();
  for (const n of [1, 2, 3]) disposer.add(() => ran.push(n));
  expect(disposer.disposed).toBe(false);
  disposer.dispose();
  disposer[disposeSymbol]();
  expect(ran).toEqual([3, 2, 1]);
  expect(disposer.disposed).toBe(true);
});

test('a clean-up that throws does not keep the others from running', () => {
  const ran: number[] = [];
  const disposer = new Disposer();
  disposer.add(() => ran.push(1));
  disposer.add(() => {
    throw new Error('second');
  });
  disposer.add(() => {
    throw new Error('third');
  });
  let failure: unknown;
  try {
    disposer.dispose();
  } catch (error) {
    failure = error;
  }
  expect(ran).toEqual([1]);
  expect(failure).toBeInstanceOf(AggregateError);
  expect(failure).toMatchObject({ errors: [new Error('third'), new Error('second')] });
});

test('a single failure is rethrown as it is', () => {
  const disposer = new Disposer();
  const cause = new Error('alone');
  disposer.add(() => {
    throw cause;
  });
  expect(() => disposer.dispose()).toThrow(cause);
});

test('a clean-up can run early, and then no more', () => {
  let ran = 0;
  const disposer = new Disposer();
  const end = disposer.add(() => ran++);
  end();
  end();
  disposer.dispose();
  expect(ran).toBe(1);
});

test('what is added to an ended disposer ends at once', () => {
  let ran = 0;
  const disposer = new Disposer();
  disposer.dispose();
  disposer.add(() => ran++);
  expect(ran).toBe(1);
});

test('a listener goes with its disposer', () => {
  const target = new EventTarget();
  const disposer = new Disposer();
  let heard = 0;
  disposer.listen(target, 'ping', () => heard++);
  target.dispatchEvent(new Event('ping'));
  disposer.dispose();
  target.dispatchEvent(new Event('ping'));
  expect(heard).toBe(1);
});

test("the symbol is the engine's own, or a registered one that all copies share", () => {
  expect(disposeSymbol).toBe(Symbol.dispose ?? Symbol.for('Symbol.dispose'));
});
