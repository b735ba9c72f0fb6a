import { ThrottleMode, type ThrottleStats, UpdateThrottler } from 'poise/throttle';

/** How the page paints: each update at once, or through poise. */
export type DisplayMode = 'unthrottled' | ThrottleMode;

export const isDisplayMode = (text: string | undefined): text is DisplayMode =>
  text === 'unthrottled' || Object.values<string | undefined>(ThrottleMode).includes(text);

/** What each mode is set to here. Rates are refreshes a second; a refresh paints every row that changed. */
const SETTINGS = {
  fixed: { mode: ThrottleMode.FIXED, maxUpdatesPerSecond: 30 },
  /** Higher than any display, so that the display's own rate is the ceiling. */
  adaptive: { mode: ThrottleMode.ADAPTIVE, maxUpdatesPerSecond: 480 },
  burst: { mode: ThrottleMode.BURST, maxUpdatesPerSecond: 10, burstSize: 30, burstWindowMs: 3_000 },
} as const;

/** Takes the page's updates and paints them in the current mode. */
export class Painter {
  readonly throttler = new UpdateThrottler(SETTINGS.adaptive);
  #mode: DisplayMode = ThrottleMode.ADAPTIVE;
  #painted = 0;

  constructor() {
    this.throttler.start();
  }

  get mode(): DisplayMode {
    return this.#mode;
  }

  /** Rows and lists written so far, in whatever mode. */
  get painted(): number {
    return this.#painted;
  }

  get stats(): ThrottleStats {
    return this.throttler.stats;
  }

  /** What every paint function calls when it has written. */
  readonly countPaint = (): void => {
    this.#painted++;
  };

  setMode(mode: DisplayMode): void {
    this.#mode = mode;
    if (mode === 'unthrottled') this.throttler.flush();
    else this.throttler.configure(SETTINGS[mode]);
  }

  /** Paints now, or lets poise do it; a later request with the same key takes this one's place. */
  request(key: string, paint: () => void, priority: number): void {
    if (this.#mode === 'unthrottled') paint();
    else this.throttler.requestUpdate(paint, { key, priority });
  }
}
