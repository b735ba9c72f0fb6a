import { EMPTY, NEVER, Observable, type Subscriber, switchMap } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { type HeapReading, HeapSource } from '../core/heap-reading.js';
import { observeVisibility } from '../core/scheduling.js';
import type { Bytes, Milliseconds } from '../core/units.js';

export interface HeapOptions {
  /**
   * From one reading to the next; `Infinity` for those of `readNow$` alone. Default 1,000. A measurement by the user agent
   * is asked for 15 to 30 s after the last one's answer, or later.
   */
  readonly intervalMs?: Milliseconds;
  /** Where reading is cheap, one is made as well when this emits: after a garbage collection, say. */
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
  const {
    clock = new SystemClock(),
    environment = detectEnvironment(),
    readNow$ = NEVER,
    intervalMs = 1_000,
  } = options;
  const readings$ = readingsFrom(options, clock, environment, intervalMs, readNow$);
  return observeVisibility(environment.document).pipe(switchMap((visible) => (visible ? readings$ : NEVER)));
}

function readingsFrom(
  { tracked }: HeapOptions,
  clock: Clock,
  environment: Environment,
  intervalMs: Milliseconds,
  readNow$: Observable<unknown>,
): Observable<HeapReading> {
  switch (heapSource(environment)) {
    case HeapSource.USER_AGENT:
      return measured(
        environment,
        clock,
        Number.isFinite(intervalMs) ? Math.max(intervalMs, MEASURE_REST_MS) : MEASURE_REST_MS,
      );
    case HeapSource.PERFORMANCE:
      return polled(() => readPerformance(environment, clock), clock, intervalMs, readNow$);
    default:
      if (!tracked) return EMPTY;
      return polled(
        () => ({ time: clock.now(), usedBytes: tracked(), source: HeapSource.TRACKED }),
        clock,
        intervalMs,
        readNow$,
      );
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

function polled(
  read: () => HeapReading | undefined,
  clock: Clock,
  intervalMs: Milliseconds,
  readNow$: Observable<unknown>,
): Observable<HeapReading> {
  return new Observable((subscriber) => {
    let cancel: Teardown = () => undefined;
    const emit = () => {
      const reading = read();
      if (reading) subscriber.next(reading);
    };
    const turn = () => {
      if (Number.isFinite(intervalMs)) cancel = clock.setTimer(turn, intervalMs);
      emit();
    };
    subscriber.add(readNow$.subscribe(emit));
    subscriber.add(() => cancel());
    turn();
  });
}

/** One measurement at a time, whoever subscribes and however often: an answer may take 20 s. */
function measured({ performance }: Environment, clock: Clock, restMs: Milliseconds): Observable<HeapReading> {
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
    const turn = async () => {
      pending ??= measure();
      const reading = await pending;
      if (subscriber.closed) return;
      cancel = clock.setTimer(() => void turn(), restMs * (1 + REST_JITTER * Math.random()));
      if (reading) subscriber.next(reading);
    };
    subscriber.add(() => cancel());
    void turn();
  });
}
