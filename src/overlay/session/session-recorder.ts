import type { Clock } from '../../core/clock.js';
import type { MonotonicMs } from '../../core/units.js';
import type { PerformanceStats } from '../../monitor/index.js';
import type { FrameLog } from '../frame-log.js';
import type { OverlaySource } from '../overlay-source.js';
import type { Session, SessionSample } from './session.js';

/** Half an hour; of a longer one the end is kept. */
const MOST_SAMPLES = 1_800;
/** Of each list in a sample, so that a session stays small. */
const LISTED = 30;

/** Takes down what the overlay sees, once a second. What is read must be plain data; a part that can't be read is left out. */
export class SessionRecorder {
  readonly #source: OverlaySource;
  readonly #frames: FrameLog;
  readonly #clock: Clock;
  #samples: SessionSample[] = [];
  #toldUntil: MonotonicMs;

  constructor(source: OverlaySource, frames: FrameLog, clock: Clock) {
    this.#source = source;
    this.#frames = frames;
    this.#clock = clock;
    this.#toldUntil = clock.now();
  }

  get seconds(): number {
    return this.#samples.length;
  }

  sample(): void {
    const { throttler, resources, memory, leaks, logs, caches, workers, monitor } = this.#source;
    const time = this.#clock.now();
    const longFrames = this.#frames.longFrames.filter(({ startTime }) => startTime > this.#toldUntil).reverse();
    this.#toldUntil = Math.max(this.#toldUntil, ...longFrames.map(({ startTime }) => startTime));
    const second = Math.floor(time / 1_000) - 1;
    const frames = this.#frames.seconds.find((candidate) => candidate.second === second);
    this.#samples.push({
      time,
      at: this.#clock.toEpoch(time),
      longFrames,
      frames: frames && { ...frames },
      throttler: throttler && { stats: throttler.stats, config: throttler.config },
      resources: resources?.getReport(),
      memory: memory?.stats,
      leaks: leaks?.getMemoryReport(),
      logs: logs?.stats,
      caches: caches?.getStats(),
      workers: workers && Object.fromEntries(Object.entries(workers).map(([name, { stats }]) => [name, stats])),
      monitor: monitor && shortened(monitor.getPerformanceStats()),
    });
    if (this.#samples.length > MOST_SAMPLES) this.#samples.shift();
  }

  /** What was taken down so far. */
  get session(): Session {
    const { origin, pathname } = location;
    return {
      format: 'poise-session',
      version: 1,
      page: `${origin}${pathname}`,
      userAgent: navigator.userAgent,
      samples: this.#samples,
    };
  }
}

function shortened({ page, ...stats }: PerformanceStats): PerformanceStats {
  const { network, resourceTiming, longFrames, heap, ...rest } = page;
  return {
    ...stats,
    page: {
      ...rest,
      ...(network && { network: { ...network, recent: network.recent.slice(-LISTED) } }),
      ...(resourceTiming && { resourceTiming: { ...resourceTiming, recent: [] } }),
      ...(longFrames && { longFrames: { ...longFrames, recent: [] } }),
      ...(heap && { heap: { ...heap, recent: [] } }),
    },
  };
}
