import type { Channel, ChannelEvents } from './channel.js';
import { isOurs, type ToWorker } from './protocol.js';

/** Tasks in a worker of the app's. */
export class WorkerChannel implements Channel {
  readonly local = false;
  readonly #worker: Worker;
  readonly #controller = new AbortController();

  constructor(worker: Worker, { onMessage, onFailure }: ChannelEvents) {
    this.#worker = worker;
    const { signal } = this.#controller;
    const fail = (event: Event) => {
      event.preventDefault();
      onFailure(causeOf(event));
    };
    worker.addEventListener('error', fail, { signal });
    worker.addEventListener('messageerror', () => onFailure(new Error('a message could not be read')), { signal });
    const onData = ({ data }: MessageEvent) => {
      if (isOurs(data)) onMessage(data);
    };
    worker.addEventListener('message', onData, { signal });
  }

  post(message: ToWorker, transfer?: Transferable[]): void {
    if (transfer) this.#worker.postMessage(message, transfer);
    else this.#worker.postMessage(message);
  }

  end(): void {
    this.#controller.abort();
    this.#worker.terminate();
  }
}

function causeOf(event: Event): unknown {
  if (!('message' in event)) return new Error('it could not be loaded, or the page forbids it');
  const { error, message, filename, lineno }: Partial<ErrorEvent> = Object(event);
  return error ?? new Error(`${message} (${filename}:${lineno})`);
}
