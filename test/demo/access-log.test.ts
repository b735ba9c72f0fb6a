import { expect, test } from 'vitest';
import { parseAccessLogLine, pathOf } from '../../demo/feed/access-log.js';
import { fc } from '../support/properties.js';

const DATE = '[17/May/2015:10:05:03 +0000]';
const line = (request: string, rest = '200 512 "-" "curl/8.0"') => `192.0.2.1 - - ${DATE} "${request}" ${rest}`;

/** What a server writes into a quoted field. */
const escapeField = (text: string) => text.replace(/["\\]/g, (mark) => `\\${mark}`);
const escapeForNginx = (text: string) =>
  text.replace(/["\\]/g, (mark) => `\\x${mark.charCodeAt(0).toString(16).toUpperCase()}`);

test('reads every field of a combined line', () => {
  const text = `83.149.9.216 - frank ${DATE} "GET /a/b.png?x=1 HTTP/1.1" 200 203023 "http://example.com/" "Mozilla/5.0 (X11)"`;
  expect(parseAccessLogLine(text)).toEqual({
    time: Date.UTC(2015, 4, 17, 10, 5, 3),
    host: '83.149.9.216',
    method: 'GET',
    url: '/a/b.png?x=1',
    status: 200,
    bytes: 203_023,
    referrer: 'http://example.com/',
    agent: 'Mozilla/5.0 (X11)',
  });
});

test('what was written is read back', () => {
  const words = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => /^\S+$/.test(text));
  const field = fc.string({ unit: 'grapheme-ascii', minLength: 1 }).filter((text) => text !== '-');
  const entry = fc.record({
    host: fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain()),
    method: fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS'),
    url: words.map((word) => `/${word}`),
    status: fc.integer({ min: 100, max: 599 }),
    bytes: fc.option(fc.nat(), { nil: undefined }),
    referrer: fc.option(field, { nil: undefined }),
    agent: fc.option(field, { nil: undefined }),
  });
  fc.assert(
    fc.property(entry, fc.constantFrom(escapeField, escapeForNginx), (given, escapeIt) => {
      const { host, method, url, status, bytes, referrer, agent } = given;
      const text = `${host} - - ${DATE} "${method} ${escapeIt(url)} HTTP/1.1" ${status} ${bytes ?? '-'} "${escapeIt(referrer ?? '-')}" "${escapeIt(agent ?? '-')}"`;
      expect(parseAccessLogLine(text)).toEqual({ time: Date.UTC(2015, 4, 17, 10, 5, 3), ...given });
    }),
  );
});

test('no line makes it throw, and what it returns is whole', () => {
  const pieces = fc.constantFrom(
    '192.0.2.1',
    ' ',
    '-',
    '"',
    '\\',
    '[',
    '] ',
    DATE,
    '200',
    'GET / HTTP/1.1',
    '\u0000',
    '😀',
    ' [',
  );
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(noise, (text) => {
      const entry = parseAccessLogLine(text);
      if (!entry) return;
      expect(Number.isFinite(entry.time)).toBe(true);
      expect(entry.host).not.toBe('');
      expect(entry.status).toBeLessThanOrEqual(999);
    }),
  );
});

test.each([
  ['IPv6', line('GET / HTTP/1.1').replace('192.0.2.1', '2001:db8::ff00:42:8329'), { host: '2001:db8::ff00:42:8329' }],
  [
    'a user name with spaces',
    line('GET / HTTP/1.1').replace('- - [', '- John Q. Public ['),
    { method: 'GET', url: '/' },
  ],
  ['no size', line('GET / HTTP/1.1', '304 - "-" "-"'), { bytes: undefined, agent: undefined, referrer: undefined }],
  ['an empty request', line('', '408 - "-" "-"'), { method: '-', url: '-', status: 408 }],
  ['a dash for a request', line('-', '400 0 "-" "-"'), { method: '-', url: '-' }],
  ['TLS spoken to a plain port', line('\\x16\\x03\\x01', '400 226 "-" "-"'), { method: '-', url: '\\x16\\x03\\x01' }],
  ['quotes in the agent', line('GET / HTTP/1.1', '200 1 "-" "a \\"b\\" c"'), { agent: 'a "b" c' }],
  ["nginx's quotes", line('GET /?q=\\x22x\\x22 HTTP/2.0'), { url: '/?q="x"' }],
  ['spaces in the URL', line('GET /a b.html HTTP/1.1'), { url: '/a b.html' }],
  ['HTTP/0.9', line('GET /old'), { method: 'GET', url: '/old' }],
  [
    'a zone east of Greenwich',
    line('GET / HTTP/1.1').replace('+0000', '+0530'),
    { time: Date.UTC(2015, 4, 17, 4, 35, 3) },
  ],
  ['a zone west of it', line('GET / HTTP/1.1').replace('+0000', '-0700'), { time: Date.UTC(2015, 4, 17, 17, 5, 3) }],
  ['common format', line('GET / HTTP/1.1', '200 7'), { bytes: 7, referrer: undefined, agent: undefined }],
  ['more fields behind', line('GET / HTTP/1.1', '200 7 "-" "x" 0.004 "192.0.2.9"'), { agent: 'x' }],
  ['markup', line('GET /<script>alert(1)</script> HTTP/1.1'), { url: '/<script>alert(1)</script>' }],
])('reads %s', (_, text, expected) => {
  expect(parseAccessLogLine(text)).toMatchObject(expected);
});

test.each([
  ['nothing', ''],
  ['prose', 'this is not a log line'],
  ['JSON', '{"status":200}'],
  ['an agent cut short', line('GET / HTTP/1.1', '200 7 "-" "Mozilla')],
  ['a request without its end', line('GET / HTTP/1.1').replace(/" 200.*/, '')],
  ['a day that is none', line('GET / HTTP/1.1').replace('17/May', '31/Feb')],
  ['an hour that is none', line('GET / HTTP/1.1').replace(':10:05', ':25:05')],
  ['a month that is none', line('GET / HTTP/1.1').replace('May', 'Mai')],
  ['a status that is none', line('GET / HTTP/1.1', 'OK 7 "-" "-"')],
  ['a negative size', line('GET / HTTP/1.1', '200 -7 "-" "-"')],
  ['a line of a megabyte', line(`GET /${'a'.repeat(1_000_000)} HTTP/1.1`)],
])('turns down %s', (_, text) => {
  expect(parseAccessLogLine(text)).toBeUndefined();
});

test.each([
  ['/a/b?c=d', '/a/b'],
  ['/a#b', '/a'],
  ['/', '/'],
  ['?x', '/'],
  ['http://example.com/x/y?z', '/x/y'],
  ['http://example.com', '/'],
  ['*', '*'],
  ['example.com:443', 'example.com:443'],
])('the path of %s is %s', (url, path) => {
  expect(pathOf(url)).toBe(path);
});
