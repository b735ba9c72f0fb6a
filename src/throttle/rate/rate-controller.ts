import type { Milliseconds, MonotonicMs } from '../../core/units.js';

/** What a frame in which updates ran was like. */
export interface FrameLoad {
  /** When the frame after it began. */
  readonly time: MonotonicMs;
  /** Whether the display showed a frame in between without a new one of the page. */
  readonly dropped: boolean;
  /** The share of dropped frames of late, 0 to 1. */
  readonly dropShare: number;
  /** The display's own frame interval. */
  readonly displayIntervalMs: Milliseconds;
}

/** Decides when the next refresh may begin. One file a mode. */
export interface RateController {
  /** Refreshes a second that it allows just now. */
  readonly rate: number;
  /** How often refreshes ran ahead of the sustained rate, where that can be. */
  readonly bursts?: number;
  /** Begins a refresh, if it may begin at `time`. */
  tryAcquire(time: MonotonicMs): boolean;
  /** How long after `time` the next refresh may begin; 0 for now. */
  waitMs(time: MonotonicMs): Milliseconds;
  /** Told of each frame in which updates ran, where the rate depends on it. */
  onFrame?(load: FrameLoad): void;
}
