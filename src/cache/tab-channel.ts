import { Disposer, disposeSymbol } from '../core/disposer.js';
import type { Environment } from '../core/environment.js';
import { type Invalidation, isMessage } from './invalidation.js';

/** What hears of other tabs. */
export interface TabListener {
  /** Another tab says that something is invalid. */
  onInvalidation(invalidation: Invalidation): void;
  /** Something may have become invalid unheard: what is in memory can't be trusted. */
  onDoubt(): void;
}

/**
 * Tells other tabs of one origin what is invalid, and hears them. A page that goes into the back/forward cache is closed to
 * messages, since an open channel keeps it out of there. So each message leaves its id in localStorage as well; a page that
 * comes back and finds another id than that of the last message it knows has missed something, or can't be sure. Messages
 * of two tabs at the same moment may make it doubt without need, never trust without reason. Pages that are only hidden
 * keep listening. Without BroadcastChannel there are no other tabs; without localStorage, coming back is always doubt.
 */
export class TabChannel implements Disposable {
  readonly #name: string;
  readonly #environment: Environment;
  readonly #listener: TabListener;
  readonly #disposer = new Disposer();
  #channel: BroadcastChannel | undefined;
  #lastId: string | undefined;

  constructor(name: string, environment: Environment, listener: TabListener) {
    this.#name = name;
    this.#environment = environment;
    this.#listener = listener;
    this.#lastId = this.#readId();
    this.#open();
    const view = environment.document?.defaultView;
    if (!view) return;
    this.#disposer.listen(view, 'pagehide', () => this.#close());
    this.#disposer.listen(view, 'pageshow', () => this.#resume());
  }

  /** Tells the other tabs. @throws DataCloneError where keys can't be cloned */
  tell(invalidation: Invalidation): void {
    const { BroadcastChannel } = this.#environment;
    if (!BroadcastChannel || this.#disposer.disposed) return;
    const id = `${performance.timeOrigin}-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
    // The mark first: who comes back between the two doubts, rather than trusts.
    this.#writeId(id);
    if (this.#channel) this.#channel.postMessage({ id, invalidation });
    else {
      const channel = new BroadcastChannel(this.#name);
      channel.postMessage({ id, invalidation });
      channel.close();
    }
    this.#lastId = id;
  }

  [disposeSymbol](): void {
    this.#close();
    this.#disposer.dispose();
  }

  #open(): void {
    const { BroadcastChannel } = this.#environment;
    if (!BroadcastChannel || this.#channel) return;
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }) => {
      if (!isMessage(data)) return;
      this.#lastId = data.id;
      this.#listener.onInvalidation(data.invalidation);
    };
  }

  #close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  #resume(): void {
    // The first show of a page, which never closed its channel, has missed nothing.
    if (this.#channel) return;
    this.#open();
    const id = this.#readId();
    if (id !== undefined && id === this.#lastId) return;
    this.#lastId = id;
    this.#listener.onDoubt();
  }

  /** The id of the last message; '' where there was none; undefined where it can't be known. */
  #readId(): string | undefined {
    try {
      const { localStorage } = this.#environment;
      return localStorage ? (localStorage.getItem(this.#name) ?? '') : undefined;
    } catch {
      return undefined;
    }
  }

  #writeId(id: string): void {
    try {
      this.#environment.localStorage?.setItem(this.#name, id);
    } catch {
      // Full or forbidden: who comes back finds an old id, which the messages before it have made doubtful or not.
    }
  }
}
