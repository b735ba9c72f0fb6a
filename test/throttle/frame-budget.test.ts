import { expect, test } from 'vitest';
import { FrameBudget } from '../../src/throttle/frame-budget.js';

const FRAME = 1_000 / 60;
const kept = { time: 0, dropped: false, dropShare: 0, displayIntervalMs: FRAME };
const dropped = { ...kept, dropped: true, dropShare: 0.5 };

/** How long updates may run in a frame whose callbacks began `delay` ms after its time. */
const budgetMs = (budget: FrameBudget, delay = 0, overloaded = true) =>
  budget.deadline(100, 100 + delay, overloaded) - (100 + delay);

test('a budget that does not adapt is the configured one', () => {
  const budget = new FrameBudget(8, false);
  budget.onFrame(kept);
  budget.recordRest(1);
  expect(budgetMs(budget)).toBe(8);
});

test('until display and paint were measured it is the configured one', () => {
  const budget = new FrameBudget(5, true);
  expect(budgetMs(budget)).toBe(5);
  budget.onFrame(kept);
  expect(budgetMs(budget)).toBe(5);
});

test('then it is what paint and a reserve leave of the frame', () => {
  const budget = new FrameBudget(5, true);
  budget.onFrame(kept);
  budget.recordRest(2);
  expect(budgetMs(budget)).toBeCloseTo(FRAME * 0.86 - 2);
});

test('a refresh that just fits may have the reserve', () => {
  const budget = new FrameBudget(5, true);
  budget.onFrame(kept);
  budget.recordRest(2);
  expect(budgetMs(budget, 0, false)).toBeCloseTo(FRAME - 2);
});

test('a frame that begins later than usual leaves less, its usual delay costs nothing', () => {
  const budget = new FrameBudget(5, true);
  budget.onFrame(kept);
  budget.recordRest(2);
  const usual = budgetMs(budget, 3);
  expect(usual).toBeCloseTo(FRAME * 0.86 - 2);
  expect(budgetMs(budget, 6)).toBeLessThan(usual - 2.9);
});

test('a single slow paint moves it little, and it is never below the configured one', () => {
  const budget = new FrameBudget(5, true);
  budget.onFrame(kept);
  for (let i = 0; i < 20; i++) budget.recordRest(1);
  const before = budgetMs(budget);
  budget.recordRest(4);
  expect(before - budgetMs(budget)).toBeLessThan(1);
  for (let i = 0; i < 100; i++) budget.recordRest(500);
  expect(budgetMs(budget)).toBeGreaterThanOrEqual(5);
});

test('dropped frames shrink it, to a quarter at the least; kept ones bring it back', () => {
  const budget = new FrameBudget(8, true);
  budget.onFrame(kept);
  budget.recordRest(2);
  const full = budgetMs(budget);
  for (let i = 0; i < 100; i++) budget.onFrame(dropped);
  expect(budgetMs(budget)).toBeLessThan(full / 2);
  expect(budgetMs(budget)).toBeGreaterThanOrEqual(2);
  for (let i = 0; i < 100; i++) budget.onFrame(kept);
  expect(budgetMs(budget)).toBeCloseTo(full);
});

test('a frame dropped now and then is noise', () => {
  const budget = new FrameBudget(8, true);
  budget.onFrame(kept);
  budget.recordRest(2);
  const full = budgetMs(budget);
  budget.onFrame({ ...dropped, dropShare: 0.05 });
  expect(budgetMs(budget)).toBe(full);
});

test('the configured budget counts for no more than half a frame of a fast display', () => {
  const budget = new FrameBudget(8, true);
  budget.onFrame({ ...kept, displayIntervalMs: 1_000 / 144 });
  budget.recordRest(6);
  expect(budgetMs(budget)).toBeLessThan(1_000 / 144);
});
