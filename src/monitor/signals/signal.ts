import type { Observable, Subscription } from 'rxjs';
import type { NetworkEntry } from '../../collect/index.js';
import type { Clock } from '../../core/clock.js';
import type { Environment } from '../../core/environment.js';
import type { HeapReading } from '../../core/heap-reading.js';
import type { StorageTraffic } from '../../storage/index.js';
import type { PerformanceSettings } from '../performance-config.js';
import type { PageFigures } from './page-figures.js';

/** Subscribes to a collector: its values are taken down as work of poise's own, and what it fails with is told. */
export type Listen = <Value>(source: Observable<Value>, take: (value: Value) => void) => Subscription;

/** What every signal is connected with. */
export interface SignalContext {
  readonly settings: PerformanceSettings;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly traffic: StorageTraffic;
  readonly listen: Listen;
  /** The page's heap, read once for all who look at it: at each look of the monitor, not by a timer of its own. */
  readonly heap$: Observable<HeapReading>;
  /** Puts an entry into memory and log, where they are switched on. */
  readonly keep: (entry: NetworkEntry) => void;
}

/** What one collector has told, kept within bounds. A new one is a file here and a line in signals.ts. */
export interface Signal {
  /** Listens to the collector until the monitor stops. */
  connect(context: SignalContext): Subscription;
  /** Writes its figures into those of the page. */
  tell(figures: { -readonly [Name in keyof PageFigures]: PageFigures[Name] }): void;
}
