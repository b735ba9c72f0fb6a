import type { Observable } from 'rxjs';
import type { FrameSample } from '../collect/frames.js';
import type { LongFrame } from '../collect/long-frames.js';
import type { PressureLevel } from '../core/pressure-level.js';
import type { LogStats } from '../logs/index.js';
import type { MemoryManagerStats, MemoryReport } from '../memory/index.js';
import type { PerformanceStats } from '../monitor/index.js';
import type { ResourceReport } from '../resources/resource-stats.js';
import type { ResourceType } from '../resources/resource-type.js';
import type { ThrottleSettings } from '../throttle/throttle-config.js';
import type { ThrottleMode } from '../throttle/throttle-mode.js';
import type { ThrottleStats } from '../throttle/throttle-stats.js';
import type { PoolStats } from '../workers/index.js';

/** A throttler as the overlay sees it: an `UpdateThrottler`. */
export interface ThrottlerPart {
  readonly stats: ThrottleStats;
  readonly config: ThrottleSettings;
  /** Left out where there is nothing to change, as in a session that was recorded. */
  setMode?(mode: ThrottleMode): void;
}

/** A registry of resources as the overlay sees it: a `ResourceManager`. */
export interface ResourcesPart {
  getReport(): ResourceReport;
  cleanup?(type?: ResourceType): Promise<number>;
}

/** Entries in memory as the overlay sees them: a `MemoryManager`. */
export interface MemoryPart {
  readonly stats: MemoryManagerStats;
  cleanup?(level?: PressureLevel): number;
}

/** Leak detection as the overlay sees it: a `MemoryOptimizer`. */
export interface LeaksPart {
  getMemoryReport(): MemoryReport;
  optimizeMemory?(): Promise<{ readonly items: number }>;
}

/** A log as the overlay sees it: a `LogRotator`. */
export interface LogsPart {
  readonly stats: LogStats;
  query?(query: { readonly order: 'newest-first'; readonly limit: number }): AsyncIterable<unknown>;
  flush?(): Promise<boolean>;
  rotate?(): Promise<void>;
  clear?(): Promise<void>;
  export?(format: 'ndjson'): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** One cache's figures. */
export interface CacheFigures {
  readonly entries: number;
  readonly bytes: number | undefined;
  readonly hits: number;
  readonly misses: number;
  readonly hitRate: number | undefined;
  readonly evictions: number;
  readonly expirations: number;
}

/** Caches as the overlay sees them: a `CacheManager`. */
export interface CachesPart {
  getStats(): CacheFigures & { readonly caches: Readonly<Record<string, CacheFigures>> };
  clearCache?(name?: string): void;
}

/** Workers as the overlay sees them: a `WorkerPool`. */
export interface WorkersPart {
  readonly stats: PoolStats;
}

/** A `PerformanceMonitor` as the overlay sees it: score, alerts, and what the page has told. */
export interface MonitorPart {
  getPerformanceStats(): PerformanceStats;
  forceOptimization?(): Promise<{ readonly actions: readonly { readonly part: string; readonly what: string }[] }>;
}

/**
 * What the overlay looks at. Every part may be missing: its panel then says how to switch it on.
 * What only reads is always there; what acts may be left out, and its buttons with it.
 */
export interface OverlaySource {
  readonly throttler?: ThrottlerPart | undefined;
  readonly resources?: ResourcesPart | undefined;
  readonly memory?: MemoryPart | undefined;
  readonly leaks?: LeaksPart | undefined;
  readonly logs?: LogsPart | undefined;
  readonly caches?: CachesPart | undefined;
  /** Pools by the names they are shown under. */
  readonly workers?: Readonly<Record<string, WorkersPart>> | undefined;
  readonly monitor?: MonitorPart | undefined;
  /** The page's frames. Default: `observeFrames()`. */
  readonly frames$?: Observable<FrameSample> | undefined;
  /** Default: `observeLongFrames()`. */
  readonly longFrames$?: Observable<LongFrame> | undefined;
}
