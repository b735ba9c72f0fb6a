import { createServer, type ViteDevServer } from 'vite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { trafficFeed } from '../../demo/feed/feed-plugin.js';
import { parseFeedMessage } from '../../demo/feed/wire.js';

let server: ViteDevServer;
let address = '';

beforeEach(async () => {
  server = await createServer({
    configFile: false,
    logLevel: 'silent',
    server: { host: '127.0.0.1', port: 0 },
    plugins: [trafficFeed(undefined)],
  });
  await server.listen();
  const bound = server.httpServer?.address();
  if (typeof bound !== 'object' || bound === null) throw new Error('the server has no address');
  address = `127.0.0.1:${bound.port}`;
});
afterEach(() => server.close());

const connect = (origin: string) => new WebSocket(`ws://${address}/feed`, { origin });
const closed = (socket: WebSocket) => new Promise((resolve) => socket.once('close', resolve));

/** Reads messages until `until` is content with them. */
function collect(socket: WebSocket, until: (entries: number) => boolean): Promise<{ hello: unknown; entries: number }> {
  return new Promise((resolve, reject) => {
    let hello: unknown;
    let entries = 0;
    socket.on('error', reject);
    socket.on('message', (data) => {
      const message = parseFeedMessage(data);
      if (message?.type === 'hello') hello = message.source;
      if (message?.type === 'batch') entries += message.rows.length / 8;
      if (until(entries)) resolve({ hello, entries });
    });
  });
}

test('says where its entries come from, then sends them', async () => {
  const socket = connect(`http://${address}`);
  const { hello } = await collect(socket, (entries) => entries > 100);
  expect(hello).toMatchObject({ kind: 'generator' });
  socket.terminate();
});

test('sends at the rate that the page sets, each page at its own', async () => {
  const slow = connect(`http://${address}`);
  const fast = connect(`http://${address}`);
  slow.once('open', () => slow.send('{"rate":10}'));
  fast.once('open', () => fast.send('{"rate":20000}'));
  let slowEntries = 0;
  slow.on('message', (data) => {
    const message = parseFeedMessage(data);
    if (message?.type === 'batch') slowEntries += message.rows.length / 8;
  });
  // Until its message is there a page gets what is usual.
  await collect(fast, (count) => count > 10_000);
  slowEntries = 0;
  const { entries } = await collect(fast, (count) => count > 10_000);
  expect(entries).toBeGreaterThan(slowEntries * 20);
  slow.terminate();
  fast.terminate();
});

test('goes on after a message that makes no sense', async () => {
  const socket = connect(`http://${address}`);
  socket.once('open', () => socket.send('{"rate":"all of it"}'));
  expect((await collect(socket, (entries) => entries > 100)).entries).toBeGreaterThan(100);
  socket.terminate();
});

test("other sites' pages are turned away", async () => {
  const socket = connect('http://example.com');
  const failed = new Promise((resolve) => socket.once('error', resolve));
  expect(await failed).toBeInstanceOf(Error);
});

test('a message that is too long ends that connection and no other', async () => {
  const rude = connect(`http://${address}`);
  rude.once('open', () => rude.send('x'.repeat(5_000)));
  await closed(rude);
  const socket = connect(`http://${address}`);
  expect((await collect(socket, (entries) => entries > 10)).entries).toBeGreaterThan(10);
  socket.terminate();
});

test('closing the server ends the connections', async () => {
  const socket = connect(`http://${address}`);
  await collect(socket, (entries) => entries > 10);
  const ended = closed(socket);
  await server.close();
  await ended;
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});
