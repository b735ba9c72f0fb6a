import { expect, onTestFinished, test } from 'vitest';
import type { NetworkEntry } from '../../../src/collect/index.js';
import { asyncDisposeSymbol } from '../../../src/core/index.js';
import { LogFormat, LogRotator } from '../../../src/logs/index.js';
import { startCapture, testServer } from './capturing.js';

const server = testServer();

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.dBjftJeZ4CVP-mBplanted';
const OPAQUE = 'q7Zp4XkR2mVt9LwB6nYc3Hs8Jd5Gf1Ta0PeQ';
/** Every secret has this in it, but those that are known by their looks alone. */
const MARK = 'planted';
const PLANTED = [MARK, JWT, JWT.slice(0, 40), OPAQUE];

const QUERY = [
  `access_token=${MARK}1`,
  `apiKey=${MARK}2`,
  `api%5Fkey=${MARK}3`,
  `X-Amz-Signature=${MARK}4`,
  `user[password]=${MARK}5`,
  `code=${MARK}6`,
  `sid=${MARK}7`,
  `plain=${JWT}`,
  `other=${OPAQUE}`,
  `next=${encodeURIComponent(`https://a.test/cb?token=${MARK}8`)}`,
  'page=2',
].join('&');
const FRAGMENT = `#/done?session_id=${MARK}9&access_token=${MARK}10`;

const DOCUMENT = {
  user: 'ann',
  password: `${MARK}"11`,
  nested: [{ clientSecret: { deep: `${MARK}12` } }, { refresh_token: [`${MARK}13`] }],
  pin: 1234,
  note: `Bearer ${OPAQUE}`,
  inner: JSON.stringify({ token: `${MARK}14`, kept: 'yes' }),
  kept: 'yes',
};

/** Requests of every kind, with secrets in every place that has room for one. */
async function sendSecrets(): Promise<void> {
  const at = `${server.origin}/mirror?${QUERY}${FRAGMENT}`;
  const headers = {
    Authorization: `Bearer ${MARK}15`,
    'X-API-Key': `${MARK}16`,
    'x-csrf-token': `${MARK}17`,
    'x-session': `${MARK}18`,
    'proxy-thing': `token=${MARK}19`,
    'x-kept': 'yes',
  };
  const form = new FormData();
  form.set('password', `${MARK}20`);
  form.set('kept', 'yes');
  const lines = `{"token":"${MARK}21"}\n{"secret":"${MARK}22"}`;
  const events = `data: {"id_token":"${MARK}23"}\n\n`;
  const markup = `<login><password>${MARK}24</password><a href="https://ann:${MARK}25@a.test/">in</a></login>`;
  const bodies = [
    JSON.stringify(DOCUMENT),
    JSON.stringify(DOCUMENT, undefined, 2),
    `kept=yes&password=${MARK}26&note=${JWT}`,
    new URLSearchParams({ kept: 'yes', api_key: `${MARK}27` }),
    new Blob([JSON.stringify(DOCUMENT)], { type: 'application/json' }),
    new TextEncoder().encode(JSON.stringify(DOCUMENT)),
    form,
    lines,
    events,
    markup,
    `password: ${MARK}28, secret = "${MARK}29 and more"`,
    // The cut goes through the middle of the second secret.
    `${JSON.stringify({ password: `${MARK}30`, filler: 'x y '.repeat(2_550), note: OPAQUE })}`,
  ];
  for (const body of bodies) {
    await fetch(at, { method: 'POST', headers, body }).then((response) => response.text());
    await fetch(at, { method: 'POST', body })
      .then((response) => response.json())
      .catch(() => undefined);
    await new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open('POST', at);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.onloadend = resolve;
      xhr.send(body);
    });
  }
  await fetch(`${server.origin}/drop?token=${MARK}31`).catch(() => undefined);
  await fetch(`${server.origin}/echo`, { signal: AbortSignal.abort(new Error(`no token=${MARK}32`)) }).catch(() => 0);
  await fetch(`data:text/plain,${MARK}33`).then((response) => response.text());
}

const COUNT = 38;

function expectClean(text: string, where: string): void {
  for (const secret of PLANTED) expect(text.includes(secret), `${secret} in ${where}`).toBe(false);
}

test('no secret reaches the entries, memory, IndexedDB or an export; what is none stays', async () => {
  const log = new LogRotator<NetworkEntry>({ name: `secrets-${crypto.randomUUID()}`, compressOld: false });
  onTestFinished(async () => {
    await log.clear();
    await log[asyncDisposeSymbol]();
    indexedDB.deleteDatabase(`poise-logs:${log.config.name}`);
  });
  const memory: NetworkEntry[] = [];
  const sinks = [{ add: (entry: NetworkEntry) => memory.push(entry) }, log];
  const { until } = startCapture({ headers: true, bodies: true }, { sinks });
  await sendSecrets();
  const entries = await until(COUNT - 1);
  expect(await log.flush()).toBe(true);

  expectClean(JSON.stringify(entries), 'the entries');
  expectClean(JSON.stringify(memory), 'memory');
  expectClean(await readDatabase(`poise-logs:${log.config.name}`), 'IndexedDB');
  for (const format of Object.values(LogFormat)) {
    const stream = log.export(format);
    const plain = format === LogFormat.NDJSON_GZ ? stream.pipeThrough(new DecompressionStream('gzip')) : stream;
    const text = await new Response(plain).text();
    expectClean(text, format);
    if (format !== LogFormat.HAR) expect(text).toContain('kept');
  }

  const [first] = entries;
  expect(first?.url).toContain('&page=2#/done?');
  expect(first?.requestHeaders).toMatchObject({ authorization: '[redacted]', 'x-kept': 'yes' });
  expect(JSON.parse(first?.requestBody?.text ?? '')).toMatchObject({
    user: 'ann',
    password: '[redacted]',
    kept: 'yes',
  });
  expect(entries.every(({ requestBody }) => !requestBody || /kept|redacted/.test(requestBody.text ?? ''))).toBe(true);
});

/** All that a database holds, as text; columns of characters are decoded. */
async function readDatabase(name: string): Promise<string> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all: unknown[] = [];
  for (const store of database.objectStoreNames) {
    all.push(
      await new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
      }),
    );
  }
  database.close();
  const text = JSON.stringify(all, (_key, value: unknown) =>
    ArrayBuffer.isView(value) ? new TextDecoder('latin1').decode(value) : value,
  );
  expect(text.length).toBeGreaterThan(1_000);
  return text;
}

test("the app's own redact changes entries, drops them, and drops what it throws at", async () => {
  const redact = (entry: NetworkEntry) => {
    if (entry.url.endsWith('drop')) return undefined;
    if (entry.url.endsWith('throw')) throw new Error('on purpose');
    return { ...entry, url: `${entry.url}!` };
  };
  const { capture, entries, until } = startCapture({ redact, resourceTiming: false });
  const errors: string[] = [];
  capture.errors$.subscribe(({ code, message }) => errors.push(`${code} ${message}`));
  for (const name of ['drop', 'throw', 'keep']) await (await fetch(`${server.origin}/text?${name}`)).text();
  await until(1);
  expect(entries.map(({ url }) => url)).toEqual([`${server.origin}/text?keep!`]);
  expect(errors).toEqual([expect.stringMatching(/^POISE_CALLBACK redact threw: .*on purpose/)]);
  expect(capture.stats.dropped).toBe(2);
});
