import type { Subscription } from 'rxjs';
import { observePressure } from '../../collect/index.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { Signal, SignalContext } from './signal.js';

/** How hard the machine works. */
export interface PressureFigures {
  /** Undefined where the browser does not tell, or has not yet. */
  readonly cpu: PressureLevel | undefined;
}

/** How many looks of the monitor lie between two at a machine that is not under strain. */
const CALM_LOOKS = 6;

/** How hard the machine's processor works. */
export class PressureSignal implements Signal {
  #cpu: PressureLevel | undefined;

  connect({ clock, environment, settings, listen }: SignalContext): Subscription {
    const pressure$ = observePressure({
      clock,
      environment,
      sampleIntervalMs: settings.checkIntervalMs,
      calmIntervalMs: CALM_LOOKS * settings.checkIntervalMs,
    });
    return listen(pressure$, ({ state }) => {
      this.#cpu = state;
    });
  }

  tell(figures: { pressure?: PressureFigures }): void {
    figures.pressure = { cpu: this.#cpu };
  }
}
