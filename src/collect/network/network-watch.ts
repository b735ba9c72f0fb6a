import type { Clock } from '../../core/clock.js';
import { Disposer, type Teardown } from '../../core/disposer.js';
import type { Environment } from '../../core/environment.js';
import { CallbackError, type PoiseError } from '../../core/errors.js';
import { observeVisibility } from '../../core/scheduling.js';
import type { Milliseconds, MonotonicMs } from '../../core/units.js';
import type { NetworkSettings } from './network-config.js';
import type { NetworkEntry } from './network-entry.js';
import { joinHub, type NetworkScope } from './network-hub.js';
import type { RawRequest } from './raw-request.js';
import { ResourceTimings } from './resource-timings.js';
import { toEntry } from './to-entry.js';

/** The platform; each has a default. */
export interface NetworkPlatform {
  readonly clock: Clock;
  readonly environment: Pick<Environment, 'document' | 'PerformanceObserver'>;
  readonly scope: NetworkScope;
}

export interface NetworkHandlers {
  onEntry(entry: NetworkEntry): void;
  /** The app's `redact` gave nothing back, or threw. */
  onDropped(): void;
  onError(error: PoiseError): void;
}

/** An entry waits this long for its timing, and for the app to read its body. */
const WAIT_MS: Milliseconds = 10_000;
/** How often those that waited too long are let go. */
const LOOK_MS: Milliseconds = 2_000;
/** This many wait at most; the oldest goes on without. */
const MOST_WAITING = 1_000;

/** What an entry still waits for. */
interface Waiting {
  readonly until: MonotonicMs;
  timing: PerformanceResourceTiming | undefined;
  awaitsTiming: boolean;
}

/** One capture while it runs: takes requests from the realm's hub, waits for what is not known yet, redacts, hands on. */
export class NetworkWatch {
  readonly #config: NetworkSettings;
  readonly #clock: Clock;
  readonly #handlers: NetworkHandlers;
  readonly #waiting = new Map<RawRequest, Waiting>();
  readonly #timings: ResourceTimings | undefined;
  readonly #disposer = new Disposer();
  #cancelLook: Teardown | undefined;

  constructor(config: NetworkSettings, { clock, environment, scope }: NetworkPlatform, handlers: NetworkHandlers) {
    this.#config = config;
    this.#clock = clock;
    this.#handlers = handlers;
    if (config.resourceTiming) {
      this.#timings = new ResourceTimings(environment, (request, timing) => this.#onTiming(request, timing));
    }
    const visibility = observeVisibility(environment.document).subscribe((visible) => {
      if (!visible) this.flush();
    });
    this.#disposer.add(() => visibility.unsubscribe());
    const leave = joinHub(scope, clock, {
      headers: config.headers,
      bodyBytes: config.bodies ? config.maxBodySize : 0,
      settled: (request) => this.#onSettled(request),
      bodyEnded: (request) => this.#onProgress(request),
      failed: (cause) => handlers.onError(new CallbackError('capturing a request', cause)),
    });
    this.#disposer.add(leave);
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Hands on all that wait, with what is known by now. */
  flush(): void {
    for (const request of this.#waiting.keys()) this.#finish(request);
  }

  stop(): void {
    this.#disposer.dispose();
    this.flush();
    this.#cancelLook?.();
    this.#cancelLook = undefined;
    this.#timings?.stop();
  }

  #onSettled(request: RawRequest): void {
    const wantsTiming = this.#timings?.supported === true && request.failure === undefined;
    const timing = wantsTiming ? this.#timings?.await(request) : undefined;
    const awaitsTiming = wantsTiming && !timing;
    if (!awaitsTiming && !(this.#config.bodies && request.isReading)) {
      this.#emit(request, timing);
      return;
    }
    if (this.#waiting.size >= MOST_WAITING) this.#finishOldest();
    this.#waiting.set(request, { until: request.endedAt + WAIT_MS, timing, awaitsTiming });
    this.#cancelLook ??= this.#clock.setTimer(() => this.#look(), LOOK_MS);
  }

  #onTiming(request: RawRequest, timing: PerformanceResourceTiming): void {
    const waiting = this.#waiting.get(request);
    if (!waiting) return;
    waiting.timing = timing;
    waiting.awaitsTiming = false;
    this.#onProgress(request);
  }

  #onProgress(request: RawRequest): void {
    const waiting = this.#waiting.get(request);
    if (!waiting || waiting.awaitsTiming || (this.#config.bodies && request.isReading)) return;
    this.#finish(request);
  }

  /** Lets go of those that waited too long: they come in the order of their time. */
  #look(): void {
    this.#cancelLook = undefined;
    const now = this.#clock.now();
    for (const [request, { until }] of this.#waiting) {
      if (until > now) break;
      this.#finish(request);
    }
    if (this.#waiting.size > 0) this.#cancelLook = this.#clock.setTimer(() => this.#look(), LOOK_MS);
  }

  #finishOldest(): void {
    for (const oldest of this.#waiting.keys()) {
      this.#finish(oldest);
      return;
    }
  }

  #finish(request: RawRequest): void {
    const waiting = this.#waiting.get(request);
    if (!this.#waiting.delete(request)) return;
    if (waiting?.awaitsTiming) this.#timings?.forget(request);
    this.#emit(request, waiting?.timing);
  }

  #emit(request: RawRequest, timing: PerformanceResourceTiming | undefined): void {
    const entry = this.#redacted(request, timing);
    if (entry) this.#handlers.onEntry(entry);
    else this.#handlers.onDropped();
  }

  #redacted(request: RawRequest, timing: PerformanceResourceTiming | undefined): NetworkEntry | undefined {
    const { redact } = this.#config;
    try {
      const entry = toEntry(request, timing, this.#config, this.#clock);
      return redact ? redact(entry) : entry;
    } catch (cause) {
      this.#handlers.onError(new CallbackError('redact', cause));
      return undefined;
    }
  }
}
