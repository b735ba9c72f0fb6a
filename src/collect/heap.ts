import { EMPTY, NEVER, Observable, type Subscriber, switchMap } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { type HeapReading, HeapSource } from '../core/heap-reading.js';
import { observeVisibility } from '../core/scheduling.js';
import type { Bytes, Milliseconds, MonotonicMs } from '../core/units.js';

/** When the heap is read, and by what where the browser tells nothing. */
export interface HeapOptions {
  /**
   * Whether it reads by itself, every `intervalMs`. When false it sets no timer: a reading is made on subscribing, when the
   * page is shown again, and when `readNow$` emits. Default true.
   */
  readonly polls?: boolean;
  /** From one reading to the next. Default 1,000. A measurement by the user agent is made 15 to 30 s after the last, or later. */
  readonly intervalMs?: Milliseconds;
  /**
   * A reading is made as well when this emits: after a garbage collection, say, or when something else wakes the page. A
   * measurement by the user agent is not cheap: it is made then only where nothing `polls`, and when the last is long enough ago.
   */
  readonly readNow$?: Observable<unknown>;
  /** Bytes that the app itself knows of, for browsers that tell nothing. Without it the series is empty there. */
  readonly tracked?: () => Bytes;
  readonly clock?: Clock;
  readonly environment?: Environment;
}

/** What the user agent measures costs the page a garbage collection, so it rests between two. */
const MEASURE_REST_MS: Milliseconds = 15_000;
/** The rest is up to so much longer, at random: what an app does in even turns must not look like a slow growth. */
const REST_JITTER = 1;

/** Which heap figure the browser gives here; undefined where it gives none (Firefox, WebKit). */
export function heapSource({ performance, crossOriginIsolated }: Environment): HeapSource | undefined {
  if (crossOriginIsolated && performance?.measureUserAgentSpecificMemory) return HeapSource.USER_AGENT;
  return performance?.memory ? HeapSource.PERFORMANCE : undefined;
}

/**
 * How much memory the page takes, all readings from one source: `measureUserAgentSpecificMemory` where the page is
 * cross-origin isolated, else Chromium's `performance.memory`, else what is `tracked`. No readings while hidden. A
 * measurement that the browser refuses is left out.
 * @see https://wicg.github.io/performance-measure-memory/
 */
export function observeHeap(options: HeapOptions = {}): Observable<HeapReading> {
  const { environment = detectEnvironment(), tracked } = options;
  const { clock = new SystemClock(), polls = true, intervalMs = 1_000, readNow$ = NEVER } = options;
  const readings$ = readingsFrom(environment, tracked, { clock, polls, intervalMs, readNow$ });
  return observeVisibility(environment.document).pipe(switchMap((visible) => (visible ? readings$ : NEVER)));
}

/** When readings are made. */
type Rhythm = Required<Pick<HeapOptions, 'clock' | 'polls' | 'intervalMs' | 'readNow$'>>;

function readingsFrom(
  environment: Environment,
  tracked: HeapOptions['tracked'],
  rhythm: Rhythm,
): Observable<HeapReading> {
  const { clock } = rhythm;
  switch (heapSource(environment)) {
    case HeapSource.USER_AGENT:
      return measured(environment, rhythm);
    case HeapSource.PERFORMANCE:
      return read(() => readPerformance(environment, clock), rhythm);
    default:
      if (!tracked) return EMPTY;
      return read(() => ({ time: clock.now(), usedBytes: tracked(), source: HeapSource.TRACKED }), rhythm);
  }
}

function readPerformance({ performance }: Environment, clock: Clock): HeapReading | undefined {
  const memory = performance?.memory;
  if (!memory) return undefined;
  return {
    time: clock.now(),
    usedBytes: memory.usedJSHeapSize,
    limitBytes: memory.jsHeapSizeLimit,
    source: HeapSource.PERFORMANCE,
  };
}

function read(
  take: () => HeapReading | undefined,
  { clock, polls, intervalMs, readNow$ }: Rhythm,
): Observable<HeapReading> {
  return new Observable((subscriber) => {
    let cancel: Teardown = () => undefined;
    const emit = () => {
      const reading = take();
      if (reading) subscriber.next(reading);
    };
    const turn = () => {
      if (polls) cancel = clock.setTimer(turn, intervalMs);
      emit();
    };
    subscriber.add(readNow$.subscribe(emit));
    subscriber.add(() => cancel());
    turn();
  });
}

/** One measurement at a time, whoever subscribes and however often: an answer may take 20 s. */
function measured(
  { performance }: Environment,
  { clock, polls, intervalMs, readNow$ }: Rhythm,
): Observable<HeapReading> {
  let pending: Promise<HeapReading | undefined> | undefined;
  const measure = async (): Promise<HeapReading | undefined> => {
    try {
      const result = await performance?.measureUserAgentSpecificMemory?.();
      if (!result) return undefined;
      const breakdown: Record<string, Bytes> = {};
      for (const { types, bytes } of result.breakdown) {
        const type = types.join(' ');
        if (bytes > 0) breakdown[type] = (breakdown[type] ?? 0) + bytes;
      }
      return { time: clock.now(), usedBytes: result.bytes, source: HeapSource.USER_AGENT, breakdown };
    } catch {
      return undefined;
    } finally {
      pending = undefined;
    }
  };
  return new Observable((subscriber: Subscriber<HeapReading>) => {
    let cancel: Teardown = () => undefined;
    /** From when on `readNow$` may ask for the next: never while one is under way, or where it polls. */
    let restedAt: MonotonicMs = Number.POSITIVE_INFINITY;
    const turn = async () => {
      pending ??= measure();
      const reading = await pending;
      if (subscriber.closed) return;
      const restMs = Math.max(intervalMs, MEASURE_REST_MS) * (1 + REST_JITTER * Math.random());
      if (polls) cancel = clock.setTimer(() => void turn(), restMs);
      else restedAt = clock.now() + restMs;
      if (reading) subscriber.next(reading);
    };
    const onReadNow = () => {
      if (clock.now() < restedAt) return;
      restedAt = Number.POSITIVE_INFINITY;
      void turn();
    };
    subscriber.add(readNow$.subscribe(onReadNow));
    subscriber.add(() => cancel());
    void turn();
  });
}
