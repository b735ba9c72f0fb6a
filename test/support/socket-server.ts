import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserCommand } from 'vitest/node';
import { WebSocketServer } from 'ws';

/** What a server has seen of its WebSockets and event streams. */
export interface SocketServerLog {
  readonly opened: number;
  readonly closed: number;
}

/** One server on loopback that answers WebSockets and event streams, and keeps count of both. */
class SocketServer {
  readonly server: Server = createServer();
  opened = 0;
  closed = 0;
  readonly #sockets = new WebSocketServer({ server: this.server });

  constructor() {
    this.#sockets.on('connection', (socket) => {
      this.opened++;
      socket.on('close', () => this.closed++);
    });
    this.server.on('request', (_request, response) => {
      this.opened++;
      response.on('close', () => this.closed++);
      response.writeHead(200, { 'content-type': 'text/event-stream', 'access-control-allow-origin': '*' });
      response.write('data: hello\n\n');
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const servers = new Map<string, SocketServer>();

/** Starts a server. Returns its host and port. */
const openSocketServer: BrowserCommand<[]> = async () => {
  const server = new SocketServer();
  const host = await server.listen();
  servers.set(host, server);
  return host;
};

const readSocketServer: BrowserCommand<[host: string]> = (_context, host) => {
  const server = servers.get(host);
  return { opened: server?.opened ?? 0, closed: server?.closed ?? 0 };
};

const closeSocketServer: BrowserCommand<[host: string]> = async (_context, host) => {
  await servers.get(host)?.close();
  servers.delete(host);
};

export const socketCommands = { openSocketServer, readSocketServer, closeSocketServer };

declare module 'vitest/browser' {
  interface BrowserCommands {
    openSocketServer(): Promise<string>;
    readSocketServer(host: string): Promise<SocketServerLog>;
    closeSocketServer(host: string): Promise<void>;
  }
}
