import { expect, test } from 'vitest';
import type { TrafficEntry } from '../../../demo/feed/traffic-entry.js';
import { isSortColumn, SortColumn, sortEndpoints } from '../../../demo/src/model/sorting.js';
import { Traffic } from '../../../demo/src/model/traffic.js';

const entryOf = (url: string, status = 200, bytes = 10): TrafficEntry => ({
  time: 0,
  host: 'h',
  method: 'GET',
  url,
  status,
  bytes,
  referrer: undefined,
  agent: undefined,
});

test('adds up what comes for one path, whatever the query', () => {
  const traffic = new Traffic();
  traffic.add(entryOf('/a?x=1'), 0);
  traffic.add(entryOf('/a?x=2', 404), 5);
  const endpoint = traffic.add({ ...entryOf('/a', 304), bytes: undefined }, 9);
  expect(traffic.size).toBe(1);
  expect(endpoint).toMatchObject({ path: '/a', count: 3, bytes: 20, errors: 1, lastStatus: 304, lastSeen: 9 });
  expect(endpoint.shareOf(2) + endpoint.shareOf(3) + endpoint.shareOf(4)).toBeCloseTo(1);
});

test('the rate settles at that of the traffic, and falls when it ends', () => {
  const traffic = new Traffic();
  for (let now = 0; now < 20_000; now += 10) traffic.add(entryOf('/a'), now);
  const [endpoint] = traffic.endpoints;
  expect(endpoint?.ratePerSecond(20_000)).toBeGreaterThan(95);
  expect(endpoint?.ratePerSecond(20_000)).toBeLessThan(105);
  expect(endpoint?.ratePerSecond(60_000)).toBeLessThan(0.01);
});

test('a scan of made-up paths does not fill the memory', () => {
  const traffic = new Traffic();
  for (let index = 0; index < 30_000; index++) traffic.add(entryOf(`/${index}`), 0);
  expect(traffic.size).toBeLessThanOrEqual(10_001);
  const counted = [...traffic.endpoints].reduce((sum, { count }) => sum + count, 0);
  expect(counted).toBe(30_000);
});

test.each(Object.values(SortColumn))('sorts by %s, and the other way round', (column) => {
  const traffic = new Traffic();
  traffic.add(entryOf('/c', 500, 900), 0);
  for (let index = 0; index < 4; index++) traffic.add(entryOf('/b', 500, 100), 7_500);
  for (let index = 0; index < 9; index++) traffic.add(entryOf('/a', 200, 1), 9_000);
  const pathsOf = (descending: boolean) =>
    sortEndpoints(traffic.endpoints, { column, descending }, 9_000).map(({ path }) => path);
  expect(pathsOf(false)).toEqual([...pathsOf(true)].reverse());
  const expected = {
    path: ['/c', '/b', '/a'],
    count: ['/a', '/b', '/c'],
    rate: ['/a', '/b', '/c'],
    bytes: ['/c', '/b', '/a'],
    errors: ['/b', '/c', '/a'],
    lastSeen: ['/a', '/b', '/c'],
  };
  expect(pathsOf(true)).toEqual(expected[column]);
});

test('what is no column is known as such', () => {
  expect([isSortColumn('rate'), isSortColumn('colour'), isSortColumn(undefined)]).toEqual([true, false, false]);
});
