import type { Bytes, EpochMs, Milliseconds } from '../core/units.js';
import type { Cleanup } from './holding.js';
import type { ResourceError } from './resource-error.js';
import type { ResourceStatus } from './resource-status.js';
import type { ResourceType } from './resource-type.js';

/** What is known of a registered resource (seed 000: Resource). Live: `status` and times change with it. */
export interface Resource {
  readonly id: string;
  readonly type: ResourceType;
  /** What it is in the platform's words ('Worker', 'interval'), or 'custom' where the app gave the clean-up. */
  readonly kind: string;
  readonly status: ResourceStatus;
  readonly createdAt: EpochMs;
  readonly lastAccessedAt: EpochMs;
  /** As the app gave it; 0 where it gave none. */
  readonly sizeBytes: Bytes;
  /** How long it may go unused; undefined where the cleaner's own limit applies. */
  readonly timeoutMs: Milliseconds | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What its clean-up failed with last; undefined while none failed. */
  readonly error: ResourceError | undefined;
  /** The object itself; undefined once it was collected or ended. Does not count as an access. */
  deref(): object | undefined;
}

/** How a resource is registered; all may be left out. */
export interface RegisterOptions<T extends object = object> {
  /**
   * Ends the resource, which it is given; may return a promise. Needed only where poise does not know the object.
   * It is kept by the object, not by poise, so it may close over the object without keeping it alive.
   */
  readonly cleanup?: Cleanup<T> | undefined;
  /** For reports and `bytesFreed`. Default 0. */
  readonly sizeBytes?: Bytes | undefined;
  /** How long it may go unused before a sweep ends it. Default: the cleaner's `resourceTimeoutMs`. */
  readonly timeoutMs?: Milliseconds | undefined;
  /** For reports. It is held strongly, so it must not refer to the resource. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}
