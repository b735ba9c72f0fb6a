import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import type { Environment } from '../../core/environment.js';
import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { DetachedCount } from '../leaks/leak-detector.js';
import { selectorOf } from './selector-of.js';

interface Followed {
  readonly element: WeakRef<Element>;
  readonly since: MonotonicMs;
  /** Whether it was alive after a collection that ended when it had been followed for a while. */
  survived: boolean;
}

/** A collection that began before an element was removed says nothing about it; so it has to outlive two. */
const LEAST_AGE_MS: Milliseconds = 2_000;
/** Elements that are followed at the most. */
const MOST_FOLLOWED = 4_096;
/** New ones between two collections; beyond it every 2nd node is looked at, then every 4th, and so on. */
const MOST_NEW = 512;
/**
 * A page that changes more often than this in a second is left alone for a while, and twice as long when it still does: the
 * browser makes a record of each change, which a busy page would feel. A list that goes at once is one change.
 */
const MOST_CHANGES = 500;
const SECOND_MS: Milliseconds = 1_000;
const FIRST_PAUSE_MS: Milliseconds = 4_000;
const LONGEST_PAUSE_MS: Milliseconds = 64_000;

/**
 * Elements that were taken out of the document, or of a shadow root that poise was told of, and what became of them:
 * collected, put back, or alive without being seen. Holds them weakly, in bounded memory.
 */
export class RemovedElements {
  readonly #environment: Environment;
  readonly #observer: MutationObserver | undefined;
  readonly #clock: Clock;
  #followed: Followed[] = [];
  #known = new WeakSet<Element>();
  #roots: WeakRef<Node>[] = [];
  /** Nodes to pass over until the next that is looked at. */
  #toSkip = 0;
  #taken = 0;
  #running = false;
  #watchedFrom: MonotonicMs = 0;
  /** The second that is counted, and the changes in it. */
  #secondFrom: MonotonicMs = 0;
  #changes = 0;
  #pauseMs: Milliseconds = 0;
  /** Ends a pause. */
  #cancelPause: Teardown | undefined;

  constructor(environment: Environment, clock: Clock) {
    this.#clock = clock;
    this.#environment = environment;
    const { MutationObserver: Observer, WeakRef: Weak, document } = environment;
    if (Observer && Weak && document) {
      this.#observer = new Observer((records) => this.#onRecords(records));
    }
  }

  get followed(): number {
    return this.#followed.length;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#watch();
  }

  stop(): void {
    this.#running = false;
    this.#cancelPause?.();
    this.#cancelPause = undefined;
    this.#observer?.disconnect();
    this.#followed = [];
    this.#known = new WeakSet();
  }

  /** Watches an open shadow root as well; it is not kept alive. Returns what ends that. */
  watchRoot(root: Node): Teardown {
    const { WeakRef: Weak } = this.#environment;
    if (!Weak) return () => undefined;
    const weak = new Weak(root);
    this.#roots = [...this.#roots.filter((known) => known.deref() !== undefined), weak];
    this.#observe(root);
    return () => {
      this.#roots = this.#roots.filter((known) => known !== weak);
      // A MutationObserver can't leave one root: it leaves all and goes back to the others.
      if (!this.#running) return;
      this.#onRecords(this.#observer?.takeRecords() ?? []);
      this.#observer?.disconnect();
      this.#observeAll();
    };
  }

  /** After a collection: forgets those that are gone or back, and counts the rest by selector. */
  settle(): DetachedCount[] {
    const live = new Map<string, number>();
    const { document } = this.#environment;
    const latest = this.#clock.now() - LEAST_AGE_MS;
    this.#followed = this.#followed.filter((entry) => {
      const element = entry.element.deref();
      if (!element) return false;
      if (element.isConnected || element.ownerDocument !== document) {
        this.#known.delete(element);
        return false;
      }
      if (!entry.survived) {
        entry.survived = entry.since <= latest;
        return true;
      }
      const selector = selectorOf(element);
      live.set(selector, (live.get(selector) ?? 0) + 1);
      return true;
    });
    this.#toSkip = 0;
    this.#taken = 0;
    return [...live].map(([selector, count]) => ({ selector, live: count }));
  }

  #watch(): void {
    const now = this.#clock.now();
    this.#watchedFrom = now;
    this.#secondFrom = now;
    this.#changes = 0;
    this.#observeAll();
  }

  #observeAll(): void {
    const { document } = this.#environment;
    if (document) this.#observe(document);
    for (const root of this.#roots) {
      const node = root.deref();
      if (node) this.#observe(node);
    }
  }

  #observe(root: Node): void {
    if (this.#running && !this.#cancelPause) this.#observer?.observe(root, { childList: true, subtree: true });
  }

  #onRecords(records: readonly MutationRecord[]): void {
    for (const { removedNodes } of records) this.#sample(removedNodes);
    this.#count(records.length);
  }

  /** Follows some of the nodes. The others are not touched: the browser makes an object of each that is. */
  #sample(removed: NodeList): void {
    let at = this.#toSkip;
    while (at < removed.length && this.#followed.length < MOST_FOLLOWED) {
      const node = removed[at];
      const isElement = node instanceof Element;
      if (isElement) this.#follow(node);
      // Text stands between elements: an even stride would meet one kind only.
      at += isElement ? 2 ** Math.floor(this.#taken / MOST_NEW) : 1;
    }
    this.#toSkip = Math.max(0, at - removed.length);
  }

  /** Bounds what watching costs, also in a page that changes all the time. */
  #count(changes: number): void {
    const now = this.#clock.now();
    if (now - this.#secondFrom >= SECOND_MS) {
      this.#secondFrom = now;
      this.#changes = 0;
    }
    this.#changes += changes;
    if (this.#changes < MOST_CHANGES || this.#cancelPause) return;
    this.#observer?.disconnect();
    const wasCalm = now - this.#watchedFrom >= this.#pauseMs;
    this.#pauseMs = wasCalm ? FIRST_PAUSE_MS : Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    this.#cancelPause = this.#clock.setTimer(() => {
      this.#cancelPause = undefined;
      this.#watch();
    }, this.#pauseMs);
  }

  #follow(element: Element): void {
    const { WeakRef: Weak } = this.#environment;
    if (!Weak || element.isConnected || this.#known.has(element)) return;
    this.#taken++;
    this.#known.add(element);
    this.#followed.push({ element: new Weak(element), since: this.#clock.now(), survived: false });
  }
}
