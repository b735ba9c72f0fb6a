import { map, type Observable } from 'rxjs';
import { detectEnvironment, type Environment } from '../core/environment.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import { observePerformance } from './performance-observable.js';

/** A script that ran in a long animation frame. */
export interface LongFrameScript {
  /** What called it, for example `BUTTON#save.onclick` or `TimerHandler:setTimeout`. */
  readonly invoker: string;
  readonly sourceUrl: string;
  readonly functionName: string;
  readonly durationMs: Milliseconds;
  /** Of that, time spent on style and layout that the script forced. */
  readonly forcedLayoutMs: Milliseconds;
}

/** A frame, or where the browser does not tell frames a task, that kept the main thread for more than 50 ms. */
export interface LongFrame {
  readonly source: 'long-animation-frame' | 'longtask';
  readonly startTime: MonotonicMs;
  readonly durationMs: Milliseconds;
  /** How much of it kept input waiting; `undefined` where the browser does not tell. */
  readonly blockingMs: Milliseconds | undefined;
  /** Longest first; empty where the browser does not tell. */
  readonly scripts: readonly LongFrameScript[];
}

/** https://w3c.github.io/long-animation-frames/, as far as poise reads it. */
interface LongAnimationFrameEntry extends PerformanceEntry {
  readonly blockingDuration: number;
  readonly scripts: readonly ScriptEntry[];
}

interface ScriptEntry extends PerformanceEntry {
  readonly invoker: string;
  readonly sourceURL: string;
  readonly sourceFunctionName: string;
  readonly forcedStyleAndLayoutDuration: number;
}

const isLongAnimationFrame = (entry: PerformanceEntry): entry is LongAnimationFrameEntry => 'blockingDuration' in entry;

/** Which source of long frames this browser has; 'unsupported' where it has none (Firefox, WebKit). */
export function longFrameSource(
  environment: Pick<Environment, 'PerformanceObserver'>,
): LongFrame['source'] | 'unsupported' {
  const types = environment.PerformanceObserver?.supportedEntryTypes ?? [];
  if (types.includes('long-animation-frame')) return 'long-animation-frame';
  return types.includes('longtask') ? 'longtask' : 'unsupported';
}

/**
 * Long animation frames with the scripts to blame, long tasks where those are absent.
 * Completes at once where the browser reports neither.
 */
export function observeLongFrames(environment: Environment = detectEnvironment()): Observable<LongFrame> {
  return observePerformance(longFrameSource(environment), environment).pipe(map(toLongFrame));
}

function toLongFrame(entry: PerformanceEntry): LongFrame {
  const { startTime, duration: durationMs } = entry;
  if (!isLongAnimationFrame(entry)) {
    return { source: 'longtask', startTime, durationMs, blockingMs: undefined, scripts: [] };
  }
  const scripts = entry.scripts.map(toScript).sort((a, b) => b.durationMs - a.durationMs);
  return { source: 'long-animation-frame', startTime, durationMs, blockingMs: entry.blockingDuration, scripts };
}

function toScript(script: ScriptEntry): LongFrameScript {
  return {
    invoker: script.invoker,
    sourceUrl: script.sourceURL,
    functionName: script.sourceFunctionName,
    durationMs: script.duration,
    forcedLayoutMs: script.forcedStyleAndLayoutDuration,
  };
}
