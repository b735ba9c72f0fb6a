import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Plugin } from 'vite';
import { type WebSocket, WebSocketServer } from 'ws';
import { FeedSession } from './feed-session.js';
import { TrafficGenerator } from './generator.js';
import { readAccessLog } from './read-log.js';
import type { FeedSource, TrafficEntry } from './traffic-entry.js';
import { userError } from './user-error.js';

/** Where the page finds the feed. */
const FEED_PATH = '/feed';
const SEED = 2026;
/** A rate request is a few bytes. */
const MAX_MESSAGE_BYTES = 1_024;

/** Makes one client's entries: each client has its own place in the log. */
interface Feed {
  readonly source: FeedSource;
  entries(): () => TrafficEntry;
}

/** Streams an access log, or generated traffic where none is given, over a WebSocket of the dev server. */
export function trafficFeed(logFile: string | undefined): Plugin {
  return {
    name: 'traffic-feed',
    apply: 'serve',
    async configureServer({ httpServer, config }) {
      const feed = await openFeed(logFile);
      config.logger.info(`  feed: ${describeSource(feed.source)}`);
      if (!httpServer) return;
      const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
      const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (request.url !== FEED_PATH) return;
        if (!isSameOrigin(request)) return socket.destroy();
        sockets.handleUpgrade(request, socket, head, (client) => serve(client, feed));
      };
      httpServer.on('upgrade', onUpgrade);
      httpServer.once('close', () => {
        httpServer.off('upgrade', onUpgrade);
        for (const client of sockets.clients) client.terminate();
        sockets.close();
      });
    },
  };
}

async function openFeed(logFile: string | undefined): Promise<Feed> {
  if (logFile === undefined) {
    const entries = () => {
      const generator = new TrafficGenerator(SEED);
      return () => generator.next(Date.now());
    };
    return { source: { kind: 'generator', seed: SEED }, entries };
  }
  const log = await readAccessLog(logFile).catch((cause: unknown) => {
    throw userError(`--log: ${cause instanceof Error ? cause.message : cause}`);
  });
  return { source: log.source, entries: () => loop(log.entries) };
}

/** Goes through `entries` again and again. */
function loop(entries: readonly TrafficEntry[]): () => TrafficEntry {
  let at = 0;
  return () => {
    const entry = entries[at++ % entries.length];
    if (!entry) throw new RangeError('an empty log has no entries to loop over');
    return entry;
  };
}

function serve(client: WebSocket, feed: Feed): void {
  const session = new FeedSession(client, feed.source, feed.entries());
  client.on('message', (data) => session.receive(data));
  client.on('close', () => session.stop());
  // What went wrong is followed by 'close', which ends the session.
  client.on('error', () => client.terminate());
}

/** Other sites that a developer visits must not read the log: a WebSocket is open to them unless it is checked. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

function describeSource(source: FeedSource): string {
  if (source.kind === 'generator') return `generated traffic, seed ${source.seed} (--log FILE replays an access log)`;
  const skipped =
    source.unparsable > 0
      ? `, ${source.unparsable} ${source.unparsable === 1 ? 'line' : 'lines'} not in combined format`
      : '';
  return `${source.name}, ${source.entries} requests${skipped}${source.truncated ? ', its beginning only' : ''}`;
}
