import { afterEach, beforeEach, expect, test } from 'vitest';
import page from '../../../demo/index.html?raw';
import type { Endpoint } from '../../../demo/src/model/endpoint.js';
import { createFilter } from '../../../demo/src/model/filter.js';
import { Traffic } from '../../../demo/src/model/traffic.js';
import { EndpointTable } from '../../../demo/src/view/endpoint-table.js';

const ALL = createFilter('');
const BY_COUNT = { column: 'count', descending: true } as const;

let traffic: Traffic;
let chosen: Endpoint[];
let sorted: string[];
let paints: number;
let table: EndpointTable;

beforeEach(() => {
  document.body.replaceChildren(...new DOMParser().parseFromString(page, 'text/html').body.children);
  traffic = new Traffic();
  chosen = [];
  sorted = [];
  paints = 0;
  table = new EndpointTable({
    onPaint: () => paints++,
    onSort: (column) => sorted.push(column),
    onChoose: (endpoint) => chosen.push(endpoint),
  });
});
afterEach(() => document.body.replaceChildren());

const add = (url: string, times = 1, status = 200): Endpoint | undefined => {
  let endpoint: Endpoint | undefined;
  for (let time = 0; time < times; time++) {
    const entry = { time, host: 'h', method: 'GET', url, status, bytes: 1_000, referrer: undefined, agent: undefined };
    endpoint = traffic.add(entry, performance.now());
  }
  return endpoint;
};
const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('#endpoint-rows > .row')];
const paths = () => rows().map((row) => row.querySelector('.path')?.textContent);
const press = (target: Element | null, key: string) =>
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

test('orders the rows, and moves them when the order changes without making them anew', () => {
  add('/a', 3);
  add('/b', 2);
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  const [a, b] = rows();
  expect(paths()).toEqual(['/a', '/b']);
  add('/b', 5);
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  expect(paths()).toEqual(['/b', '/a']);
  expect(rows()).toEqual([b, a]);
});

test('a row is rewritten in place', () => {
  const endpoint = add('/a', 3);
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  add('/a', 1_200, 404);
  if (endpoint) table.rowOf(endpoint)?.paint();
  expect(rows()[0]?.textContent).toMatch(/^\/a1,203.*1\.2 MB404now$/);
  expect(paints).toBe(2);
});

test('shows a hundred rows of however many there are', () => {
  for (let index = 0; index < 250; index++) add(`/${index}`, 1 + (index % 7));
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  expect(rows()).toHaveLength(100);
  expect(table.size).toBe(100);
});

test('a filter takes rows away, and brings them back', () => {
  add('/a');
  add('/b');
  table.arrange(traffic.endpoints, createFilter('/b'), BY_COUNT);
  expect(paths()).toEqual(['/b']);
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  expect(paths()).toEqual(['/a', '/b']);
});

test('markup in a path is text', () => {
  add('/<img/src=x>');
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  expect(document.querySelector('#endpoint-rows img')).toBeNull();
  expect(paths()).toEqual(['/<img/src=x>']);
});

test('the focus stays with its row when that moves', () => {
  add('/a', 3);
  add('/b', 2);
  add('/c', 1);
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  const last = rows()[2];
  last?.focus();
  add('/c', 9);
  add('/b', 5);
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  expect(paths()).toEqual(['/c', '/b', '/a']);
  expect(document.activeElement).toBe(last);
});

test('one row can be reached by Tab, and the arrow keys go on from there', () => {
  for (const path of ['/a', '/b', '/c']) add(path);
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
  rows()[0]?.focus();
  press(document.activeElement, 'ArrowDown');
  expect(document.activeElement).toBe(rows()[1]);
  expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1]);
  press(document.activeElement, 'End');
  press(document.activeElement, 'ArrowDown');
  expect(document.activeElement).toBe(rows()[2]);
});

test('a row can still be reached by Tab after the one that could is gone', () => {
  add('/a');
  add('/b');
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  table.arrange(traffic.endpoints, createFilter('/b'), BY_COUNT);
  expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0]);
});

test('Enter and a click choose a row', () => {
  const endpoint = add('/a');
  table.arrange(traffic.endpoints, ALL, BY_COUNT);
  press(rows()[0] ?? null, 'Enter');
  rows()[0]?.querySelector<HTMLElement>('.number')?.click();
  expect(chosen).toEqual([endpoint, endpoint]);
});

test('says which column it is sorted by, and asks for another when its head is pressed', () => {
  table.arrange(traffic.endpoints, ALL, { column: 'path', descending: false });
  const heads = [...document.querySelectorAll('#endpoint-columns [role="columnheader"]')];
  expect(heads.map((head) => head.getAttribute('aria-sort'))).toEqual([
    'ascending',
    'none',
    'none',
    'none',
    'none',
    'none',
  ]);
  for (const head of heads) head.querySelector('button')?.click();
  expect(sorted).toEqual(['path', 'count', 'rate', 'bytes', 'errors', 'lastSeen']);
});
