import { afterEach, expect, test } from 'vitest';
import type { TrafficEntry } from '../../../demo/feed/traffic-entry.js';
import { createFilter } from '../../../demo/src/model/filter.js';
import { History } from '../../../demo/src/model/history.js';
import { disposeSymbol } from '../../../src/core/index.js';

const open: History[] = [];
afterEach(() => {
  for (const history of open.splice(0)) history.entries[disposeSymbol]();
});
function make(): History {
  const history = new History(createFilter(''));
  open.push(history);
  return history;
}
const entry = (n: number): TrafficEntry => ({
  time: n,
  host: '192.0.2.1',
  method: n % 3 === 0 ? 'POST' : 'GET',
  url: `/items/${n}`,
  status: n % 5 === 0 ? 404 : 200,
  bytes: n,
  referrer: undefined,
  agent: undefined,
});
const urls = (history: History) => Array.from({ length: history.size }, (_, index) => history.at(index)?.url);

test('holds what came, oldest first', () => {
  const history = make();
  for (let n = 0; n < 10; n++) expect(history.add(entry(n))).toBe(true);
  expect(history.size).toBe(10);
  expect(urls(history)).toEqual(Array.from({ length: 10 }, (_, n) => `/items/${n}`));
});

test('a filter goes through what is there in slices, and takes what comes meanwhile in order', async () => {
  const history = make();
  for (let n = 0; n < 45_000; n++) history.add(entry(n));
  let slices = 0;
  const done = history.setFilter(createFilter('404'), () => {
    slices++;
    if (slices === 1) for (let n = 45_000; n < 45_010; n++) history.add(entry(n));
  });
  await done;
  expect(slices).toBeGreaterThan(2);
  expect(history.size).toBe(9_002);
  expect(history.at(0)?.url).toBe('/items/0');
  expect(history.at(9_001)?.url).toBe('/items/45005');
  expect(history.add(entry(45_010))).toBe(true);
  expect(history.add(entry(45_011))).toBe(false);
  expect(history.size).toBe(9_003);
  await history.setFilter(createFilter(''), () => undefined);
  expect(history.size).toBe(45_012);
});

test('a later filter ends the one before', async () => {
  const history = make();
  for (let n = 0; n < 45_000; n++) history.add(entry(n));
  const first = history.setFilter(createFilter('post'), () => undefined);
  const second = history.setFilter(createFilter('404 post'), () => undefined);
  await Promise.all([first, second]);
  expect(history.size).toBe(3_000);
});

test('tells how many of the oldest have gone', async () => {
  const history = make();
  for (let n = 0; n < 100; n++) history.add(entry(n));
  expect(history.takeTrimmed()).toBe(0);
  await history.setFilter(createFilter('404'), () => undefined);
  history.entries.cleanup('critical');
  expect(history.takeTrimmed()).toBe(10);
  expect(history.takeTrimmed()).toBe(0);
  expect(history.at(0)?.url).toBe('/items/50');
});
