import { BatchDecoder, parseFeedMessage } from '../../feed/wire.js';
import type { FeedClient, FeedListener } from './feed-client.js';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 8_000;

/**
 * Traffic from the dev server. A lost connection is made again, with growing waits.
 * `onAbsent` is called instead when the first attempt finds no feed there, and then nothing more happens.
 */
export class ServerFeed implements FeedClient {
  readonly #listener: FeedListener;
  readonly #onAbsent: () => void;
  #socket: WebSocket | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = FIRST_RETRY_MS;
  #ratePerSecond: number;
  #found = false;

  constructor(ratePerSecond: number, listener: FeedListener, onAbsent: () => void) {
    this.#ratePerSecond = ratePerSecond;
    this.#listener = listener;
    this.#onAbsent = onAbsent;
    listener.onState('connecting');
    this.#connect();
  }

  setRate(perSecond: number): void {
    this.#ratePerSecond = perSecond;
    if (this.#socket?.readyState === WebSocket.OPEN) this.#sendRate(this.#socket);
  }

  stop(): void {
    clearTimeout(this.#retryTimer);
    this.#socket?.close();
    this.#socket = undefined;
  }

  #connect(): void {
    const socket = new WebSocket(new URL('/feed', location.href.replace(/^http/, 'ws')));
    const decoder = new BatchDecoder();
    this.#socket = socket;
    socket.onopen = () => {
      this.#found = true;
      this.#retryMs = FIRST_RETRY_MS;
      this.#sendRate(socket);
      this.#listener.onState('live');
    };
    socket.onmessage = ({ data }) => {
      const message = parseFeedMessage(data);
      if (message?.type === 'hello') this.#listener.onSource(message.source);
      if (message?.type === 'batch') this.#listener.onEntries(decoder.decode(message), message.sentAt, message.skipped);
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#onClosed();
    };
  }

  #onClosed(): void {
    this.#socket = undefined;
    if (!this.#found) return this.#onAbsent();
    this.#listener.onState('reconnecting');
    this.#retryTimer = setTimeout(() => this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2);
  }

  #sendRate(socket: WebSocket): void {
    socket.send(JSON.stringify({ rate: this.#ratePerSecond }));
  }
}
