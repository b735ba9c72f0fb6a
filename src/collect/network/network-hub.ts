import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import type { Bytes, MonotonicMs } from '../../core/units.js';
import { BodyTap } from './body-tap.js';
import { BodyText } from './body-text.js';
import { FetchTap } from './fetch-tap.js';
import type { Patch } from './patch.js';
import { RawRequest } from './raw-request.js';
import { XhrTap } from './xhr-tap.js';

/** What is wrapped: a window, a worker's global scope, or a stand-in with some of its members. */
export type NetworkScope = object;

/** One capture, as the realm's hub sees it. */
export interface HubObserver {
  readonly headers: boolean;
  /** How much of each body it wants; 0 for none. */
  readonly bodyBytes: Bytes;
  /** The app has its answer, or its error. Bodies that were asked for may still be read. */
  settled(request: RawRequest): void;
  /** A body was read to its end, after or before `settled`. */
  bodyEnded(request: RawRequest): void;
  failed(cause: unknown): void;
}

/** What the taps need of the hub. */
export interface Tapping {
  readonly wantsHeaders: boolean;
  readonly wantsBodies: boolean;
  readonly suspended: boolean;
  now(): MonotonicMs;
  begin(kind: RawRequest['kind']): RawRequest;
  /** @param at the time, where it is known already */
  settle(request: RawRequest, at?: MonotonicMs): void;
  newBody(request: RawRequest, contentType: string | null | undefined): BodyText;
  /** Has a response's body taken into `body` as the app reads it. */
  watchBody(response: Response, body: BodyText): void;
  report(cause: unknown): void;
  /** Runs poise's own work; what goes wrong in it is told, and never reaches the app. */
  attempt<Result>(work: () => Result): Result | undefined;
}

/** The hub as another copy of poise, bundled on its own, sees it. */
export interface NetworkHub {
  join(observer: HubObserver): Teardown;
  without<Result>(work: () => Result): Result;
}

/** One hub a realm, whatever number of captures and of copies of poise: on the global object, where all find it. */
const HUB = Symbol.for('poise.network.1');

function isHub(value: unknown): value is NetworkHub {
  return typeof value === 'object' && value !== null && 'join' in value && 'without' in value;
}

/** The realm's hub, if there is one. */
export function findHub(scope: NetworkScope): NetworkHub | undefined {
  const found: unknown = Reflect.get(scope, HUB);
  return isHub(found) ? found : undefined;
}

/** Joins the realm's hub, which is made by the first and goes with the last, as far as others let it. */
export function joinHub(scope: NetworkScope, clock: Clock, observer: HubObserver): Teardown {
  return (findHub(scope) ?? new RealmHub(scope, clock)).join(observer);
}

class RealmHub implements NetworkHub, Tapping {
  readonly #scope: NetworkScope;
  readonly #clock: Clock;
  readonly #observers = new Set<HubObserver>();
  readonly #prefix: string;
  readonly #base: readonly Patch[];
  readonly #forHeaders: readonly Patch[];
  /** Made when a response first comes whose body is wanted. */
  #bodies: BodyTap | undefined;
  #suspensions = 0;
  #count = 0;
  #bodyBytes: Bytes = 0;
  wantsHeaders = false;

  constructor(scope: NetworkScope, clock: Clock) {
    this.#scope = scope;
    this.#clock = clock;
    this.#prefix = `${clock.wallNow().toString(36)}${Math.random().toString(36).slice(2, 8)}-`;
    const xhr = new XhrTap(scope, this);
    this.#base = [new FetchTap(scope, this).patch, ...xhr.patches];
    this.#forHeaders = xhr.headerPatches;
  }

  get wantsBodies(): boolean {
    return this.#bodyBytes > 0;
  }

  get suspended(): boolean {
    return this.#suspensions > 0;
  }

  join(observer: HubObserver): Teardown {
    this.#observers.add(observer);
    this.#update();
    return () => {
      if (this.#observers.delete(observer)) this.#update();
    };
  }

  without<Result>(work: () => Result): Result {
    this.#suspensions++;
    try {
      return work();
    } finally {
      this.#suspensions--;
    }
  }

  now(): MonotonicMs {
    return this.#clock.now();
  }

  begin(kind: RawRequest['kind']): RawRequest {
    // Not in decimals: the engine caches those of every number, and its cache grows by 64 kB for what is used once.
    return new RawRequest(this.#prefix + (++this.#count).toString(36), kind, this.#clock.now());
  }

  settle(request: RawRequest, at = this.#clock.now()): void {
    request.endedAt = at;
    for (const observer of this.#observers) observer.settled(request);
  }

  newBody(request: RawRequest, contentType: string | null | undefined): BodyText {
    return new BodyText(this.#bodyBytes, contentType, () => {
      if (this.#observers.size === 0) return;
      request.endedAt = this.#clock.now();
      for (const observer of this.#observers) observer.bodyEnded(request);
    });
  }

  watchBody(response: Response, body: BodyText): void {
    if (!this.#bodies) {
      this.#bodies = new BodyTap(this.#scope, this);
      keep(this.#bodies.patches, this.wantsBodies);
    }
    this.#bodies.watch(response, body);
  }

  report(cause: unknown): void {
    for (const observer of this.#observers) observer.failed(cause);
  }

  attempt<Result>(work: () => Result): Result | undefined {
    try {
      return work();
    } catch (cause) {
      this.report(cause);
      return undefined;
    }
  }

  /** Puts in and takes out what the captures that are left need. */
  #update(): void {
    const observers = [...this.#observers];
    this.wantsHeaders = observers.some(({ headers }) => headers);
    this.#bodyBytes = Math.max(0, ...observers.map(({ bodyBytes }) => bodyBytes));
    keep(this.#base, observers.length > 0);
    keep(this.#forHeaders, this.wantsHeaders);
    const forBodies = this.#bodies?.patches ?? [];
    keep(forBodies, this.wantsBodies);
    const all = [...this.#base, ...this.#forHeaders, ...forBodies];
    if (observers.length > 0 || all.some(({ buried }) => buried)) {
      Reflect.defineProperty(this.#scope, HUB, { value: this, configurable: true });
    } else {
      Reflect.deleteProperty(this.#scope, HUB);
    }
  }
}

function keep(patches: readonly Patch[], wanted: boolean): void {
  for (const patch of patches) {
    if (wanted) patch.install();
    else patch.uninstall();
  }
}
