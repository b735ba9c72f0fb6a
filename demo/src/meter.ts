/** Counts over the last second, read several times a second. */
export class Meter {
  readonly #readings: { readonly time: number; readonly total: number }[] = [];

  /** How much `total`, a count that only grows, grew a second; times are monotonic milliseconds. */
  read(total: number, time: number): number {
    const readings = this.#readings;
    while (readings.length > 1 && time - (readings[1]?.time ?? time) >= 1_000) readings.shift();
    readings.push({ time, total });
    const base = readings[0];
    return base && time > base.time ? (1_000 * (total - base.total)) / (time - base.time) : 0;
  }
}

/** The frames of the last second. */
export class FrameMeter {
  #frames: { readonly time: number; readonly intervalMs: number }[] = [];

  record(time: number, intervalMs: number | undefined): void {
    if (intervalMs !== undefined) this.#frames.push({ time, intervalMs });
  }

  /** Both are `undefined` while no frames are seen. */
  read(now: number): { readonly framesPerSecond: number | undefined; readonly longestFrameMs: number | undefined } {
    this.#frames = this.#frames.filter(({ time }) => now - time < 1_000);
    const intervals = this.#frames.map(({ intervalMs }) => intervalMs);
    if (intervals.length === 0) return { framesPerSecond: undefined, longestFrameMs: undefined };
    const watchedMs = intervals.reduce((sum, intervalMs) => sum + intervalMs, 0);
    return { framesPerSecond: (1_000 * intervals.length) / watchedMs, longestFrameMs: Math.max(...intervals) };
  }
}
