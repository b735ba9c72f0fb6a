import type { Clock } from '../core/clock.js';
import type { Channel, ChannelEvents } from './channel.js';
import type { ToWorker } from './protocol.js';
import type { Task, Tasks } from './task.js';
import { TaskServer } from './task-server.js';

/**
 * The same tasks on this thread, in slices that let others in. Arguments and results are handed over as they are, and
 * what is transferred stays here as well.
 */
export class LocalChannel implements Channel {
  readonly local = true;
  readonly #server: TaskServer;

  constructor(tasks: Tasks, compile: (source: string) => Task, clock: Clock, { onMessage }: ChannelEvents) {
    this.#server = new TaskServer(tasks, onMessage, clock, { compile });
    onMessage({ poise: 'ready' });
  }

  post(message: ToWorker): void {
    this.#server.receive(message);
  }

  end(): void {
    this.#server.stop();
  }
}
