import axios, { AxiosError } from 'axios';
import ky from 'ky';
import { expect, test } from 'vitest';
import { expectSame, outcome, startCapture, testServer } from './capturing.js';

const server = testServer();
const url = (path: string) => `${server.origin}${path}`;

/** What of an answer is the same each time. */
const told = (data: { method: string; body: string; headers: Record<string, string> }) => {
  const { method, body, headers } = data;
  return { method, body, type: headers['content-type'], mine: headers['x-mine'] };
};

const axiosError = (cause: unknown) =>
  cause instanceof AxiosError
    ? [cause.code, cause.message, cause.response?.status, cause.response?.data]
    : String(cause);

const unlessAxios = (work: () => Promise<unknown>) => work().catch(axiosError);

/** Each of its two ways to send. */
const ADAPTERS = ['xhr', 'fetch'] as const;

const AXIOS: readonly (readonly [string, (adapter: 'xhr' | 'fetch') => Promise<unknown>])[] = [
  [
    'get',
    async (adapter) => {
      const { status, statusText, data, headers } = await axios.get(url('/echo?a=1'), {
        adapter,
        headers: { 'x-mine': '1' },
      });
      return [status, statusText, told(data), headers['x-answer']];
    },
  ],
  ['post of JSON', async (adapter) => told((await axios.post(url('/echo'), { a: [1, 'ö'] }, { adapter })).data)],
  [
    'post of a form',
    async (adapter) => told((await axios.post(url('/echo'), new URLSearchParams({ a: '1' }), { adapter })).data),
  ],
  [
    'put of bytes',
    async (adapter) => told((await axios.put(url('/echo'), new TextEncoder().encode('bytes'), { adapter })).data),
  ],
  [
    'text, blob and buffer',
    async (adapter) => {
      const text = await axios.get(url('/text'), { adapter, responseType: 'text' });
      const blob: Blob = (await axios.get(url('/text'), { adapter, responseType: 'blob' })).data;
      const buffer: ArrayBuffer = (await axios.get(url('/text'), { adapter, responseType: 'arraybuffer' })).data;
      return [text.data, blob.size, await blob.text(), buffer.byteLength];
    },
  ],
  ['an error status', (adapter) => unlessAxios(() => axios.get(url('/text?no-cors'), { adapter }))],
  ['a status that is refused', (adapter) => unlessAxios(() => axios.get(url('/empty?status=404'), { adapter }))],
  ['a broken connection', (adapter) => unlessAxios(() => axios.get(url('/drop'), { adapter }))],
  ['a timeout', (adapter) => unlessAxios(() => axios.get(url('/echo?ms=3000'), { adapter, timeout: 60 }))],
  [
    'cancellation',
    (adapter) =>
      unlessAxios(() => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 40);
        return axios.get(url('/echo?ms=3000'), { adapter, signal: controller.signal });
      }),
  ],
  [
    'cancelled before',
    (adapter) => unlessAxios(() => axios.get(url('/echo'), { adapter, signal: AbortSignal.abort() })),
  ],
  [
    'broken JSON',
    (adapter) =>
      unlessAxios(async () => (await axios.get(url('/text?of=%7B'), { adapter, responseType: 'json' })).data),
  ],
  [
    'download progress to the end',
    async (adapter) => {
      let last: unknown;
      await axios.get(url('/text?size=200000'), {
        adapter,
        onDownloadProgress: ({ loaded, total }) => (last = [loaded, total]),
      });
      return last;
    },
  ],
  [
    'interceptors',
    async (adapter) => {
      const client = axios.create({ adapter });
      client.interceptors.request.use((config) => {
        config.headers.set('x-mine', 'added');
        return config;
      });
      client.interceptors.response.use((response) => ({ ...response, data: told(response.data) }));
      return (await client.get(url('/echo'))).data;
    },
  ],
  ['a redirect', async (adapter) => (await axios.get(url('/redirect?to=/text'), { adapter })).data],
];

test.each(ADAPTERS.flatMap((adapter) => AXIOS.map(([name, run]) => [adapter, name, run] as const)))(
  'axios by %s: %s',
  async (adapter, _name, run) => {
    await expectSame(() => run(adapter));
  },
);

test('axios: upload progress to the end', async () => {
  const upload = async () => {
    let last: unknown;
    const body = 'x'.repeat(300_000);
    await axios.post(url('/text'), body, { onUploadProgress: ({ loaded, total }) => (last = [loaded, total]) });
    return last;
  };
  expect(await expectSame(upload)).toEqual({ value: [300_000, 300_000] });
});

const KY: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['get', async () => told(await ky.get(url('/echo?a=1'), { headers: { 'x-mine': '1' } }).json())],
  ['post of JSON', async () => told(await ky.post(url('/echo'), { json: { a: [1, 'ö'] } }).json())],
  [
    'text, blob, buffer',
    async () => [
      await ky(url('/text')).text(),
      (await ky(url('/text')).blob()).size,
      (await ky(url('/text')).arrayBuffer()).byteLength,
    ],
  ],
  ['an error status', () => outcome(() => ky(url('/empty?status=404'), { retry: 0 }).text())],
  ['a broken connection', () => outcome(() => ky(url('/drop'), { retry: 0 }).text())],
  ['a timeout', () => outcome(() => ky(url('/echo?ms=3000'), { timeout: 60, retry: 0 }).text())],
  [
    'cancellation',
    () => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 40);
      return outcome(() => ky(url('/echo?ms=3000'), { signal: controller.signal, retry: 0 }).text());
    },
  ],
  ['broken JSON', () => outcome(() => ky(url('/text?of=%7B')).json())],
  [
    'retries',
    async () => {
      let tries = 0;
      const result = await outcome(() =>
        ky(url('/echo?status=503'), {
          retry: { limit: 2, delay: () => 1 },
          hooks: { beforeRequest: [() => void tries++] },
        }).text(),
      );
      return [tries, Object.keys(Object(result))];
    },
  ],
  [
    'download progress',
    async () => {
      let last: unknown;
      await ky(url('/text?size=200000'), {
        onDownloadProgress: ({ transferredBytes, totalBytes }) => {
          last = [transferredBytes, totalBytes];
        },
      }).text();
      return last;
    },
  ],
  [
    'hooks',
    async () =>
      ky(url('/text'), {
        hooks: { afterResponse: [async (_request, _options, response) => new Response(`${await response.text()}!`)] },
      }).text(),
  ],
];

test.each(KY)('ky: %s', async (_name, run) => {
  await expectSame(run);
});

test('what they send is captured', async () => {
  const { until } = startCapture({ bodies: true });
  await axios.post(url('/echo?axios'), { a: 1 });
  await axios.post(url('/echo?axios-fetch'), { a: 1 }, { adapter: 'fetch' });
  await ky.post(url('/echo?ky'), { json: { a: 1 } }).json();
  const entries = await until(3);
  const of = (name: string) => entries.find((entry) => entry.url.endsWith(name));
  expect(of('?axios')).toMatchObject({ kind: 'xhr', method: 'POST', status: 200, requestBody: { text: '{"a":1}' } });
  for (const name of ['?axios-fetch', '?ky']) {
    expect(of(name)).toMatchObject({ kind: 'fetch', method: 'POST', status: 200 });
    expect(of(name)?.responseBody?.text).toContain('POST');
  }
});
