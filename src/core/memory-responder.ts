import type { PressureLevel } from './pressure-level.js';
import type { Bytes } from './units.js';

/** What a responder gave back. `bytes` is undefined where the size of what went is not known. */
export interface MemoryRelease {
  readonly items: number;
  readonly bytes: Bytes | undefined;
}

/** Anything that can give memory back when asked: an entry store, a cache, a log buffer, a resource registry. */
export interface MemoryResponder {
  /** Names the responder in reports. */
  readonly name: string;
  /** Gives back as much as `level` calls for: little at 'fair', all that can be rebuilt at 'critical'. */
  releaseMemory(level: PressureLevel): MemoryRelease | Promise<MemoryRelease>;
}
