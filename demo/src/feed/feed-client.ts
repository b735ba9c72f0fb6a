import type { FeedSource, TrafficEntry } from '../../feed/traffic-entry.js';

/** `local`: no server feeds this page, so it makes its own traffic. */
export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'local';

/** What a feed tells the page. */
export interface FeedListener {
  onState(state: ConnectionState): void;
  onSource(source: FeedSource): void;
  /** @param sentAt epoch milliseconds. @param skipped entries left out so far because the page did not keep up. */
  onEntries(entries: readonly TrafficEntry[], sentAt: number, skipped: number): void;
}

export interface FeedClient {
  setRate(perSecond: number): void;
  stop(): void;
}
