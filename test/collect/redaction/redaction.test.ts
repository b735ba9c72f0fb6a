import { describe, expect, test } from 'vitest';
import { redactBody, redactHeaders, redactText, redactUrl } from '../../../src/collect/index.js';
import { fc } from '../../support/properties.js';

const NAMES = [
  'token',
  'access_token',
  'id-token',
  'refreshToken',
  'api_key',
  'apiKey',
  'API-KEY',
  'x-api-key',
  'password',
  'passwd',
  'pwd',
  'secret',
  'client_secret',
  'sig',
  'signature',
  'X-Amz-Signature',
  'X-Amz-Credential',
  'code',
  'session',
  'sessionId',
  'PHPSESSID_session',
  'sid',
  'jwt',
  'auth',
  'authorization',
  'csrf',
  'xsrf-token',
  'user[password]',
  'otp',
  'key',
];
const PLAIN_NAMES = [
  'page',
  'q',
  'countryCode',
  'author',
  'sort_key',
  'design',
  'passenger',
  'monkey',
  'spin',
  'signal',
  'residence',
];

describe('URLs', () => {
  test.each(NAMES)('the parameter %s', (name) => {
    expect(redactUrl(`https://a.test/b?x=1&${name}=hidden&y=2`)).toBe(`https://a.test/b?x=1&${name}=[redacted]&y=2`);
    expect(redactUrl(`/b#${name}=hidden`)).toBe(`/b#${name}=[redacted]`);
    expect(redactUrl(`/b#/route?${name}=hidden&z`)).toBe(`/b#/route?${name}=[redacted]&z`);
  });

  test.each(PLAIN_NAMES)('the parameter %s is none', (name) => {
    const url = `https://a.test/b?${name}=shown%20as+it;is#top`;
    expect(redactUrl(url)).toBe(url);
  });

  test.each([
    ['https://ann:hidden@a.test/b', 'https://[redacted]@a.test/b'],
    ['https://hidden@a.test', 'https://[redacted]@a.test'],
    ['/a;jsessionid=hidden?b=1', '/a;jsessionid=[redacted]?b=1'],
    ['/reset/q7Zp4XkR2mVt9LwB6nYc3Hs8Jd5Gf1Ta0PeQ/now', '/reset/[redacted]/now'],
    ['/a?%61pi_key=hidden', '/a?%61pi_key=[redacted]'],
    ['/a?to=https%3A%2F%2Fb.test%2F%3Ftoken%3Dhidden', '/a?to=https%3A%2F%2Fb.test%2F%3Ftoken%3D%5Bredacted%5D'],
    ['data:text/plain;base64,aGlkZGVu', 'data:text/plain,[redacted]'],
    ['/a?eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJh.bc', '/a?[redacted]'],
  ])('%s', (url, redacted) => expect(redactUrl(url)).toBe(redacted));

  test.each([
    '/users/6b7f6c1e-3b5a-4a1e-9f57-0c1d2e3f4a5b/orders?id=6b7f6c1e-3b5a-4a1e-9f57-0c1d2e3f4a5b',
    '/blog/how-we-built-an-amazingly-fast-thing-in-2024-and-2025',
    '/assets/index-C4kD9x2f.js?v=20260101',
    '/wiki/List_of_Episodes_of_Season_2_of_Something_Else?token=',
    '/@scope/name/a@b.test',
    'blob:https://a.test/6b7f6c1e-3b5a-4a1e-9f57-0c1d2e3f4a5b',
    '/broken?%E0%A4%A=%&&==',
  ])('%s has none', (url) => expect(redactUrl(url)).toBe(url));

  test('whatever stands around it, and however it is written', () => {
    const around = fc.webQueryParameters();
    fc.assert(
      fc.property(around, around, fc.constantFrom(...NAMES), (before, after, name) => {
        const url = redactUrl(`https://a.test/?${before}&${encodeURIComponent(name)}=HIDDEN%41&${after}`);
        expect(url).not.toContain('HIDDEN');
      }),
    );
  });
});

describe('bodies', () => {
  const secretly = fc.record({
    name: fc.constantFrom(...NAMES),
    value: fc.oneof(fc.constant('HIDDEN'), fc.constant(['HIDDEN']), fc.constant({ deep: [{ a: 'HIDDEN "}]' }] })),
    around: fc.jsonValue(),
    space: fc.constantFrom(0, 1, 4),
  });

  test('JSON keeps its form, loses its secrets, and nothing else', () => {
    fc.assert(
      fc.property(secretly, ({ name, value, around, space }) => {
        const document = { around, list: [{ [name]: value, kept: true }] };
        const text = JSON.stringify(document, undefined, space);
        const redacted: unknown = JSON.parse(redactBody(text));
        expect(redacted).toMatchObject({ list: [{ [name]: '[redacted]', kept: true }] });
        expect(JSON.stringify(redacted)).not.toContain('HIDDEN');
      }),
    );
  });

  test('cut anywhere, JSON shows no secret', () => {
    fc.assert(
      fc.property(secretly, fc.nat(), ({ name, value, around, space }, at) => {
        const text = JSON.stringify({ [name]: value, around }, undefined, space);
        expect(redactBody(text.slice(0, at % text.length))).not.toContain('HIDD');
      }),
    );
  });

  test('JSON without secrets stays as it was written', () => {
    const text = '{"a": [1, 2.50, -0, "x\\u0041\\n", null], "b":{"c":"d e f"} }';
    expect(redactBody(text)).toBe(text);
  });

  test('names that are written with escapes, documents in strings', () => {
    expect(redactBody('{"t\\u006fken":"HIDDEN"}')).not.toContain('HIDDEN');
    const inner = JSON.stringify({ a: JSON.stringify({ password: 'HIDDEN', kept: 1 }) });
    expect(redactBody(JSON.stringify({ inner }))).not.toContain('HIDDEN');
    expect(redactBody(JSON.stringify({ inner }))).toContain('kept');
  });

  test.each([
    ['a form', 'a=1&password=HIDDEN&b=2', 'a=1&password=[redacted]&b=2'],
    ['a log line', 'login ok password=HIDDEN user=ann', 'login ok password=[redacted] user=ann'],
    ['markup', '<password>HIDDEN</password><b>shown</b>', '<password>[redacted]</password><b>shown</b>'],
    [
      'multipart',
      '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\nHIDDEN\r\n--b--',
      '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n[redacted]\r\n--b--',
    ],
    ['prose in brackets', '[info] secret: HIDDEN', '[info] secret: [redacted]'],
    ['prose', 'The author wrote about a passenger: fine.', 'The author wrote about a passenger: fine.'],
  ])('%s', (_what, body, redacted) => expect(redactBody(body)).toBe(redacted));

  test('a hostile body takes no time', () => {
    for (const part of [
      '"',
      '{"a":',
      '[',
      'a=',
      '<a ',
      'token',
      '\\"',
      'name="x"\n',
      '-----BEGIN PRIVATE KEY-----',
      'eyJ',
      'a:',
      '://',
    ]) {
      redactBody(`${part.repeat(200_000 / part.length)} `);
      redactUrl(`/?${part.repeat(200_000 / part.length)}`);
    }
  });
});

test('headers: credentials by name, tokens in the values of others', () => {
  const headers: [string, string][] = [
    ['Authorization', 'Bearer HIDDEN'],
    ['Cookie', 'a=HIDDEN'],
    ['Set-Cookie', 'HIDDEN'],
    ['Proxy-Authorization', 'Basic HIDDEN'],
    ['X-API-Key', 'HIDDEN'],
    ['X-CSRF-Token', 'HIDDEN'],
    ['X-Auth', 'HIDDEN'],
    ['Location', 'https://a.test/?token=HIDDEN&page=1'],
    ['Accept', 'text/html'],
    ['accept', 'text/plain'],
  ];
  const redacted = redactHeaders(headers);
  expect(JSON.stringify(redacted)).not.toContain('HIDDEN');
  expect(redacted).toMatchObject({
    accept: 'text/html, text/plain',
    location: 'https://a.test/?token=[redacted]&page=1',
  });
});

test.each([
  'Bearer abcdef123456',
  'ghp_abcdefghijklmnop',
  'sk-abcdefghijklmnopqrstuv',
  'AKIAABCDEFGHIJKLMNOP',
  '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJh.bc',
])('%s is a credential wherever it stands', (secret) => {
  const text = redactText(`before ${secret} after`);
  expect(text).toContain('[redacted]');
  expect(text.startsWith('before ') && text.endsWith(' after')).toBe(true);
  expect(text).not.toContain(secret.slice(-8));
});
