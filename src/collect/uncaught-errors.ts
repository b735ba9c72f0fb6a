import { Observable } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { Disposer, type Teardown } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { describe } from '../core/errors.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** An error that nobody caught. */
export interface UncaughtError {
  readonly kind: 'error' | 'unhandledrejection';
  /** 'TypeError' and so on; `undefined` when what was thrown was no Error, or is another origin's. */
  readonly name: string | undefined;
  /** Cut at 1000 characters. */
  readonly message: string;
  /** Cut at 8000 characters. */
  readonly stack: string | undefined;
  /** Where it was thrown; `undefined` for rejections, whose place is in the stack. */
  readonly source: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly time: MonotonicMs;
  /** How many like it this stands for. */
  readonly count: number;
  /** Whether it comes from a script of another origin without CORS, of which the browser tells nothing else. */
  readonly crossOrigin: boolean;
}

/** How repeated errors are told. */
export interface UncaughtErrorsOptions {
  /** The same error again within this time is counted, and told once at its end. Default 1000. */
  readonly repeatWindowMs?: Milliseconds;
  readonly clock?: Clock;
  readonly environment?: Environment;
}

const LONGEST_MESSAGE = 1_000;
const LONGEST_STACK = 8_000;
/** Different errors whose repeats are counted at the same time. */
const MOST_KINDS = 50;

/**
 * Errors that reach the window, and rejections that nobody handles. The browser's own report, and the app's listeners,
 * are left as they are. An error in a loop is told at once and then once a second with its count.
 * Completes where there is no page.
 */
export function observeUncaughtErrors(options: UncaughtErrorsOptions = {}): Observable<UncaughtError> {
  const { repeatWindowMs = 1_000, clock = new SystemClock(), environment = detectEnvironment() } = options;
  return new Observable((subscriber) => {
    const window = environment.document?.defaultView;
    if (!window) {
      subscriber.complete();
      return;
    }
    const disposer = new Disposer();
    const repeats = new Map<string, { count: number; latest: UncaughtError; readonly cancel: Teardown }>();
    const tell = (error: UncaughtError) => {
      const key = `${error.kind} ${error.name} ${error.message} ${error.source}:${error.line}:${error.column}`;
      const repeat = repeats.get(key);
      if (repeat) {
        repeat.count++;
        repeat.latest = error;
        return;
      }
      if (repeats.size < MOST_KINDS) open(key, error);
      subscriber.next(error);
    };
    const open = (key: string, error: UncaughtError) => {
      const cancel = clock.setTimer(() => {
        const repeat = repeats.get(key);
        repeats.delete(key);
        if (!repeat || repeat.count === 0) return;
        // What is told now opens a window of its own, so that a loop stays at one a window.
        open(key, repeat.latest);
        subscriber.next({ ...repeat.latest, count: repeat.count });
      }, repeatWindowMs);
      repeats.set(key, { count: 0, latest: error, cancel });
    };
    const listen = (type: UncaughtError['kind']) =>
      disposer.listen(window, type, (event) => {
        const error = read(event, clock.now());
        if (error) tell(error);
      });
    listen('error');
    listen('unhandledrejection');
    return () => {
      disposer.dispose();
      for (const { cancel } of repeats.values()) cancel();
    };
  });
}

function read(event: Event, time: MonotonicMs): UncaughtError | undefined {
  if (isErrorEvent(event)) {
    const { filename, lineno, colno, message } = event;
    const thrown: unknown = event.error;
    const source = filename || undefined;
    const place = { source, line: lineno || undefined, column: colno || undefined };
    const crossOrigin = message === 'Script error.' && !source && (thrown === null || thrown === undefined);
    const said = isError(thrown) ? textOf(thrown, 'message') : undefined;
    return { kind: 'error', ...inside(thrown, said ?? message), ...place, time, count: 1, crossOrigin };
  }
  if (isRejection(event)) {
    const reason: unknown = event.reason;
    const said = isError(reason) ? textOf(reason, 'message') : undefined;
    const place = { source: undefined, line: undefined, column: undefined };
    const rejected = inside(reason, said ?? describe(reason));
    return { kind: 'unhandledrejection', ...rejected, ...place, time, count: 1, crossOrigin: false };
  }
  return undefined;
}

// By what they hold, since a frame's events are of its own classes.
const isErrorEvent = (event: Event): event is ErrorEvent => event.type === 'error' && 'lineno' in event;
const isRejection = (event: Event): event is PromiseRejectionEvent => 'reason' in event;

function inside(thrown: unknown, message: string): Pick<UncaughtError, 'name' | 'message' | 'stack'> {
  const known = isError(thrown);
  return {
    name: known ? textOf(thrown, 'name') : undefined,
    message: message.slice(0, LONGEST_MESSAGE),
    stack: known ? textOf(thrown, 'stack')?.slice(0, LONGEST_STACK) : undefined,
  };
}

/** An Error of this window or another one. */
const isError = (value: unknown): value is object =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';

/** A field that may be anything, or throw when it is read. */
function textOf(error: object, field: 'name' | 'message' | 'stack'): string | undefined {
  try {
    const value: unknown = Reflect.get(error, field);
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
