import { RatePacer } from './rate-pacer.js';
import { type FeedSource, MAX_RATE_PER_SECOND, MIN_RATE_PER_SECOND, type TrafficEntry } from './traffic-entry.js';
import { BatchEncoder, type FeedMessage, parseRateRequest } from './wire.js';

/** What a session needs of its connection. */
export interface FeedSocket {
  /** Bytes that wait because the client does not read. */
  readonly bufferedAmount: number;
  send(data: string): void;
}

/** About one frame. */
const TICK_MS = 16;
/** More than this waiting means that the client does not keep up: about half a second of the highest rate. */
const MAX_BUFFERED_BYTES = 512 * 1024;
const DEFAULT_RATE_PER_SECOND = 2_000;

/** Streams entries to one client until `stop()`. What a slow client misses is left out and counted, not queued. */
export class FeedSession {
  readonly #socket: FeedSocket;
  readonly #next: () => TrafficEntry;
  readonly #pacer = new RatePacer(DEFAULT_RATE_PER_SECOND, performance.now());
  readonly #encoder = new BatchEncoder();
  readonly #timer: ReturnType<typeof setInterval>;
  #skipped = 0;

  constructor(socket: FeedSocket, source: FeedSource, next: () => TrafficEntry) {
    this.#socket = socket;
    this.#next = next;
    this.#send({ type: 'hello', source });
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Takes a message of the client's: a rate. Anything else is ignored. */
  receive(data: unknown): void {
    const rate = parseRateRequest(data, MIN_RATE_PER_SECOND, MAX_RATE_PER_SECOND);
    if (rate !== undefined) this.#pacer.setRate(rate, performance.now());
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const count = this.#pacer.due(performance.now());
    if (count === 0) return;
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.#skipped += count;
      return;
    }
    const entries = Array.from({ length: count }, () => this.#next());
    this.#send(this.#encoder.encode(entries, Date.now(), this.#skipped));
  }

  #send(message: FeedMessage): void {
    this.#socket.send(JSON.stringify(message));
  }
}
