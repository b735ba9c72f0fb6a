import { expect, test } from 'vitest';
import type { TrafficEntry } from '../../../demo/feed/traffic-entry.js';
import { createFilter } from '../../../demo/src/model/filter.js';
import { Traffic } from '../../../demo/src/model/traffic.js';

const entryOf = (changes: Partial<TrafficEntry>): TrafficEntry => ({
  time: 0,
  host: '192.0.2.1',
  method: 'GET',
  url: '/Images/a.png?size=2',
  status: 200,
  bytes: 1,
  referrer: undefined,
  agent: undefined,
  ...changes,
});

test.each([
  ['', {}, true],
  ['images', {}, true],
  ['size=2', {}, true],
  ['192.0.2', {}, true],
  ['404', {}, false],
  ['404', { status: 404 }, true],
  ['404', { url: '/404.html' }, false],
  ['4xx', { status: 418 }, true],
  ['5xx', { status: 418 }, false],
  ['post', {}, false],
  ['POST', { method: 'POST' }, true],
  ['post', { url: '/post/1' }, false],
  ['a.png 2xx get', {}, true],
  ['a.png 3xx get', {}, false],
  ['  images  ', {}, true],
  ['.*', {}, false],
])('"%s" against %o: %s', (text, changes, expected) => {
  expect(createFilter(text).entry(entryOf(changes))).toBe(expected);
});

test('an endpoint matches when one of its requests did', () => {
  const traffic = new Traffic();
  traffic.add(entryOf({}), 0);
  const endpoint = traffic.add(entryOf({ status: 503, method: 'PUT' }), 0);
  const matching = ['5xx', '200', 'put', 'images', 'put 2xx'].filter((text) => createFilter(text).endpoint(endpoint));
  expect(matching).toEqual(['5xx', '200', 'put', 'images', 'put 2xx']);
  const others = ['4xx', '201', 'post', 'fonts'].filter((text) => createFilter(text).endpoint(endpoint));
  expect(others).toEqual([]);
});
