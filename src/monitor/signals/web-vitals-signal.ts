import type { Subscription } from 'rxjs';
import { observeWebVitals, supportedWebVitals, type WebVital, type WebVitalName } from '../../collect/index.js';
import type { Signal, SignalContext } from './signal.js';

/** The web vitals of this visit. */
export interface WebVitalFigures {
  /** Those that this browser can tell. */
  readonly supported: readonly WebVitalName[];
  /** The newest of each. */
  readonly vitals: readonly WebVital[];
}

/** The debug overlay's elements. */
const OVERLAY = /\bpoise-(overlay|pill)\b/;

/** What is done with the overlay says nothing of the app. */
const isOfApp = (vital: WebVital): boolean => vital.name !== 'INP' || !OVERLAY.test(vital.attribution.target);

/** LCP, INP, CLS, FCP and TTFB as they are now. */
export class WebVitalsSignal implements Signal {
  readonly #vitals = new Map<WebVitalName, WebVital>();
  #supported: readonly WebVitalName[] = [];

  connect({ environment, listen }: SignalContext): Subscription {
    this.#supported = supportedWebVitals(environment);
    return listen(observeWebVitals({ environment }), (vital) => {
      if (isOfApp(vital)) this.#vitals.set(vital.name, vital);
    });
  }

  tell(figures: { webVitals?: WebVitalFigures }): void {
    figures.webVitals = { supported: this.#supported, vitals: [...this.#vitals.values()] };
  }
}
