import { map, type Observable } from 'rxjs';
import { observePressure } from '../../collect/index.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { Signal, SignalContext, Take } from './signal.js';

/** How hard the machine works. */
export interface PressureFigures {
  /** Undefined where the browser does not tell, or has not yet. */
  readonly cpu: PressureLevel | undefined;
}

/** How hard the machine's processor works. */
export class PressureSignal implements Signal {
  #cpu: PressureLevel | undefined;

  connect({ environment, settings }: SignalContext): Observable<Take> {
    return observePressure({ environment, sampleIntervalMs: settings.checkIntervalMs }).pipe(
      map(({ state }) => () => {
        this.#cpu = state;
      }),
    );
  }

  tell(figures: { pressure?: PressureFigures }): void {
    figures.pressure = { cpu: this.#cpu };
  }
}
