import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserCommand } from 'vitest/node';

/** What a server has seen. */
export interface HttpServerLog {
  /** `METHOD /path` of each request, preflights included, in order. */
  readonly requests: readonly string[];
  /** Bytes that went out on endless streams. */
  readonly streamed: number;
  /** Responses whose client went away before their end. */
  readonly givenUp: number;
}

type Route = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => void | Promise<void>;

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': '*',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': '*',
  'timing-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'no-store',
};

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const drained = (response: ServerResponse) => new Promise((resolve) => response.once('drain', resolve));

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** One server on loopback, of another origin than the tests, that answers as a test asks. */
class HttpServer {
  readonly server: Server = createServer((request, response) => void this.#answer(request, response));
  readonly requests: string[] = [];
  streamed = 0;
  givenUp = 0;

  readonly #routes: Readonly<Record<string, Route>> = {
    /** What was asked, as JSON; with the status, type and delay that the query says. */
    echo: async (request, response, query) => {
      const body = await readBody(request);
      await wait(Number(query.get('ms') ?? 0));
      response.writeHead(Number(query.get('status') ?? 200), { 'content-type': 'application/json', 'x-answer': '42' });
      response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
    },
    /** As many bytes of one letter, of the type that the query says. */
    text: (_request, response, query) => {
      const body = (query.get('of') ?? 'x').repeat(Number(query.get('size') ?? 10));
      response.writeHead(200, {
        'content-type': query.get('type') ?? 'text/plain; charset=utf-8',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    },
    /** What was sent comes back as it is. */
    mirror: async (request, response, query) => {
      const body = await readBody(request);
      response.writeHead(200, { 'content-type': query.get('type') ?? 'application/json' });
      response.end(body);
    },
    /** Chunks with a pause between. */
    stream: async (_request, response, query) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let n = 0; n < Number(query.get('chunks') ?? 3) && !response.destroyed; n++) {
        response.write(`data: ${n}\n\n`);
        await wait(Number(query.get('ms') ?? 50));
      }
      if (query.has('drop')) response.destroy();
      else response.end();
    },
    /** Never ends; goes on as fast as it is read, up to 32 MB. */
    endless: async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      const chunk = 'x'.repeat(65_536);
      const closed = new Promise((resolve) => response.once('close', resolve));
      for (let sent = 0; sent < 32_000_000 && !response.destroyed; sent += chunk.length) {
        this.streamed += chunk.length;
        const mayGoOn = response.write(chunk);
        if (!mayGoOn) await Promise.race([drained(response), closed]);
        else await wait(0);
      }
    },
    redirect: (_request, response, query) => {
      response.writeHead(302, { location: query.get('to') ?? '/echo' });
      response.end();
    },
    empty: (_request, response, query) => {
      response.writeHead(Number(query.get('status') ?? 204));
      response.end();
    },
    cookie: (_request, response) => {
      response.writeHead(200, { 'set-cookie': 'session=planted', 'content-type': 'text/plain' });
      response.end('set');
    },
    /** The connection breaks before an answer. */
    drop: (request) => void request.socket.destroy(),
  };

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    this.requests.push(`${request.method} ${pathname}`);
    response.on('close', () => {
      if (!response.writableFinished) this.givenUp++;
    });
    const headers = searchParams.has('no-cors') ? { 'cross-origin-resource-policy': 'cross-origin' } : CORS;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const route = this.#routes[pathname.slice(1)];
    if (route) await route(request, response, searchParams);
    else response.writeHead(404).end();
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const servers = new Map<string, HttpServer>();

/** Starts a server. Returns its origin. */
const openHttpServer: BrowserCommand<[]> = async () => {
  const server = new HttpServer();
  const origin = await server.listen();
  servers.set(origin, server);
  return origin;
};

const readHttpServer: BrowserCommand<[origin: string]> = (_context, origin) => {
  const { requests = [], streamed = 0, givenUp = 0 } = servers.get(origin) ?? {};
  return { requests, streamed, givenUp };
};

const closeHttpServer: BrowserCommand<[origin: string]> = async (_context, origin) => {
  await servers.get(origin)?.close();
  servers.delete(origin);
};

export const httpCommands = { openHttpServer, readHttpServer, closeHttpServer };

declare module 'vitest/browser' {
  interface BrowserCommands {
    openHttpServer(): Promise<string>;
    readHttpServer(origin: string): Promise<HttpServerLog>;
    closeHttpServer(origin: string): Promise<void>;
  }
}
