import type { Observable } from 'rxjs';
import type { Clock } from '../../core/clock.js';
import type { Environment } from '../../core/environment.js';
import type { StorageTraffic } from '../../storage/index.js';
import type { PerformanceSettings } from '../performance-config.js';

/** What every signal is connected with. */
export interface SignalContext {
  readonly settings: PerformanceSettings;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly traffic: StorageTraffic;
  /** Emits when the page is busy. */
  readonly activity$: Observable<unknown>;
}

/** What one collector tells, kept within bounds. Adding one is a file here and its lines in signals.ts. */
export interface Signal<Figures> {
  /** What it has told so far, as plain data. */
  readonly figures: Figures;
  /** The collector. Each value is handed to `record`; it is subscribed to while the monitor runs. */
  connect(context: SignalContext): Observable<() => void>;
}
