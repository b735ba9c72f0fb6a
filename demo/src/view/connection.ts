import type { FeedSource } from '../../feed/traffic-entry.js';
import type { ConnectionState } from '../feed/feed-client.js';
import { byId } from './dom.js';
import { formatCount } from './format.js';

const STATES: Readonly<Record<ConnectionState, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  local: 'No feed server',
};

/** The header's account of the feed: where from, how it stands, and what was left out. */
export class ConnectionView {
  readonly #state = byId('connection', HTMLParagraphElement);
  readonly #source = byId('source', HTMLParagraphElement);
  #description = '';
  #skipped = 0;
  #isLocal = false;

  showState(state: ConnectionState): void {
    this.#state.dataset['state'] = state;
    this.#state.textContent = STATES[state];
    this.#isLocal = state === 'local';
  }

  /** @returns whether it is another source than before. */
  showSource(source: FeedSource): boolean {
    const description = this.#isLocal ? 'Traffic generated in this page' : describe(source);
    const changed = description !== this.#description;
    this.#description = description;
    this.#skipped = 0;
    this.#write();
    return changed;
  }

  /** @param skipped requests that the server left out as this page did not read fast enough. */
  showSkipped(skipped: number): void {
    if (skipped === this.#skipped) return;
    this.#skipped = skipped;
    this.#write();
  }

  #write(): void {
    const skipped = this.#skipped > 0 ? ` · ${formatCount(this.#skipped)} left out while the page was too slow` : '';
    this.#source.textContent = this.#description + skipped;
  }
}

function describe(source: FeedSource): string {
  if (source.kind === 'generator') return 'Generated traffic';
  const unparsable =
    source.unparsable > 0
      ? `, ${formatCount(source.unparsable)} ${source.unparsable === 1 ? 'line' : 'lines'} not readable`
      : '';
  return `${source.name} · ${formatCount(source.entries)} requests${source.truncated ? ' (its beginning)' : ''}, looped${unparsable}`;
}
