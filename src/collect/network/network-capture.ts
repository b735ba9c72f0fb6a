import { type Observable, Subject } from 'rxjs';
import { disposeSymbol } from '../../core/disposer.js';
import type { PoiseError } from '../../core/errors.js';
import { guard } from '../../core/guard.js';
import type { Lifecycle } from '../../core/lifecycle.js';
import { LiveSnapshot } from '../../core/live-snapshot.js';
import { type NetworkConfig, type NetworkSettings, resolveNetworkConfig } from './network-config.js';
import type { NetworkEntry } from './network-entry.js';
import { type NetworkPlatform, NetworkWatch } from './network-watch.js';
import { resolvePlatform } from './observe-network.js';

/** Where entries go, as a MemoryManager (`add`) and a LogRotator (`addEntry`) take them. */
export type NetworkSink = { add(entry: NetworkEntry): unknown } | { addEntry(entry: NetworkEntry): unknown };

/** The platform, and where entries go. */
export interface NetworkDependencies extends Partial<NetworkPlatform> {
  /** Each is given every entry. */
  readonly sinks?: readonly NetworkSink[];
}

/** What a NetworkCapture has seen so far. */
export interface NetworkStats {
  readonly running: boolean;
  readonly captured: number;
  /** Of those, requests that failed, aborted ones included. */
  readonly failed: number;
  readonly aborted: number;
  /** Dropped by the app's `redact`, or because it threw. */
  readonly dropped: number;
  /** Over, and waiting for their timing or their body. */
  readonly waiting: number;
}

/** Captures requests while it runs (see `observeNetwork`), counts them, and hands them to memory and log. */
export class NetworkCapture implements Lifecycle {
  readonly config: NetworkSettings;
  readonly entries$: Observable<NetworkEntry>;
  readonly stats$: Observable<NetworkStats>;
  /** What `redact` or a sink threw; never errors, completes on dispose. */
  readonly errors$: Observable<PoiseError>;
  readonly #platform: NetworkPlatform;
  readonly #sinks: readonly NetworkSink[];
  readonly #entries = new Subject<NetworkEntry>();
  readonly #errors = new Subject<PoiseError>();
  readonly #snapshot: LiveSnapshot<NetworkStats>;
  readonly #counts = { captured: 0, failed: 0, aborted: 0, dropped: 0 };
  #watch: NetworkWatch | undefined;
  #disposed = false;

  /** @throws ConfigError */
  constructor(config: NetworkConfig = {}, { sinks = [], ...platform }: NetworkDependencies = {}) {
    this.config = resolveNetworkConfig('NetworkCapture', config);
    this.#platform = resolvePlatform(platform);
    this.#sinks = sinks;
    this.entries$ = this.#entries.asObservable();
    this.errors$ = this.#errors.asObservable();
    this.#snapshot = new LiveSnapshot(() => this.stats, this.#platform.clock);
    this.stats$ = this.#snapshot.value$;
  }

  get stats(): NetworkStats {
    return { running: this.#watch !== undefined, ...this.#counts, waiting: this.#watch?.waiting ?? 0 };
  }

  start(): void {
    if (this.#watch || this.#disposed) return;
    this.#watch = new NetworkWatch(this.config, this.#platform, {
      onEntry: (entry) => this.#onEntry(entry),
      onDropped: () => {
        this.#counts.dropped++;
        this.#snapshot.notify();
      },
      onError: this.#onError,
    });
    this.#snapshot.notify();
  }

  /** Gives fetch and XMLHttpRequest back, and hands on what is over and waits. Requests under way are left out. */
  stop(): void {
    const watch = this.#watch;
    this.#watch = undefined;
    watch?.stop();
    this.#snapshot.notify();
  }

  /** Stops for good. */
  [disposeSymbol](): void {
    if (this.#disposed) return;
    this.stop();
    this.#disposed = true;
    this.#snapshot.complete();
    this.#entries.complete();
    this.#errors.complete();
  }

  readonly #onError = (error: PoiseError): void => this.#errors.next(error);

  #onEntry(entry: NetworkEntry): void {
    this.#counts.captured++;
    if (entry.error) this.#counts.failed++;
    if (entry.aborted) this.#counts.aborted++;
    for (const sink of this.#sinks) {
      guard(
        'a sink of NetworkCapture',
        () => ('addEntry' in sink ? sink.addEntry(entry) : sink.add(entry)),
        this.#onError,
      );
    }
    if (this.#entries.observed) this.#entries.next(entry);
    this.#snapshot.notify();
  }
}
