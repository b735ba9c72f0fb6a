import type { FromWorker, ToWorker } from './protocol.js';

/** What a channel tells its owner. */
export interface ChannelEvents {
  onMessage(message: FromWorker): void;
  /** The other side failed; no task did. */
  onFailure(cause: unknown): void;
}

/** The way to something that runs tasks. */
export interface Channel {
  /** Functions and buffers can be handed over as they are. */
  readonly local: boolean;
  /** @throws when the message can't be cloned */
  post(message: ToWorker, transfer?: Transferable[]): void;
  end(): void;
}

/** Opens a channel. May throw. */
export type OpenChannel = (events: ChannelEvents) => Channel;
