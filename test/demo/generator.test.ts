import { expect, test } from 'vitest';
import { TrafficGenerator } from '../../demo/feed/generator.js';

const make = (seed: number, count: number) => {
  const generator = new TrafficGenerator(seed);
  return Array.from({ length: count }, (_, index) => generator.next(index));
};

test('a seed gives the same traffic each time', () => {
  expect(make(7, 2_000)).toEqual(make(7, 2_000));
});

test('another seed gives other traffic', () => {
  expect(make(7, 50)).not.toEqual(make(8, 50));
});

test('traffic has the shape of a log: a few busy paths, many quiet ones, and few failures', () => {
  const entries = make(1, 20_000);
  const counts = new Map<string, number>();
  for (const { url } of entries) counts.set(url, (counts.get(url) ?? 0) + 1);
  const sorted = [...counts.values()].sort((a, b) => b - a);
  const busiest = sorted.slice(0, 10).reduce((sum, count) => sum + count, 0);
  expect(sorted.length).toBeGreaterThan(100);
  expect(busiest / entries.length).toBeGreaterThan(0.25);
  const failed = entries.filter(({ status }) => status >= 400).length / entries.length;
  expect(failed).toBeGreaterThan(0.005);
  expect(failed).toBeLessThan(0.1);
});

test('what has no body has no size', () => {
  for (const { status, bytes } of make(3, 5_000)) {
    if (status === 304 || status === 204) expect(bytes).toBeUndefined();
    else if (bytes !== undefined) expect(Number.isSafeInteger(bytes) && bytes > 0).toBe(true);
  }
});

test('addresses are those set aside for documentation', () => {
  for (const { host } of make(5, 5_000)) {
    expect(host).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/);
  }
});

test('a host keeps its agent', () => {
  const agents = new Map<string, Set<string | undefined>>();
  for (const { host, agent } of make(5, 20_000)) agents.set(host, (agents.get(host) ?? new Set()).add(agent));
  const v6 = [...agents].filter(([host]) => host.includes(':'));
  expect(v6.length).toBeGreaterThan(0);
  for (const [, seen] of v6) expect(seen.size).toBe(1);
});
