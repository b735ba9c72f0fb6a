import type { Clock } from '../core/clock.js';
import type { Bytes, EpochMs, Milliseconds, MonotonicMs } from '../core/units.js';
import type { Holding } from './holding.js';
import type { RegisterOptions, Resource } from './resource.js';
import type { ResourceError } from './resource-error.js';
import { ResourceStatus } from './resource-status.js';
import type { ResourceType } from './resource-type.js';

const NO_METADATA: Readonly<Record<string, unknown>> = Object.freeze({});

/** A resource as the registry sees it: its public face, and its places in the registry's orders. */
export class ResourceEntry implements Resource {
  readonly id: string;
  readonly type: ResourceType;
  readonly kind: string;
  readonly createdAt: EpochMs;
  readonly timeoutMs: Milliseconds | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
  sizeBytes: Bytes;
  status: ResourceStatus = ResourceStatus.ACTIVE;
  error: ResourceError | undefined;
  lastAccessed: MonotonicMs;
  /** Clean-ups that were tried. */
  attempts = 0;
  /** Neighbours in the order of access. */
  previous: ResourceEntry | undefined;
  next: ResourceEntry | undefined;
  /** Place in the heap of deadlines; -1 outside it. */
  heapIndex = -1;
  readonly #clock: Clock;
  #holding: Holding | undefined;

  constructor(
    id: string,
    type: ResourceType,
    holding: Holding,
    options: Omit<RegisterOptions, 'cleanup'>,
    clock: Clock,
  ) {
    this.id = id;
    this.type = type;
    this.kind = holding.kind;
    this.createdAt = clock.wallNow();
    this.lastAccessed = clock.now();
    this.timeoutMs = options.timeoutMs;
    this.sizeBytes = options.sizeBytes ?? 0;
    this.metadata = options.metadata ? Object.freeze({ ...options.metadata }) : NO_METADATA;
    this.#holding = holding;
    this.#clock = clock;
  }

  get lastAccessedAt(): EpochMs {
    return this.#clock.toEpoch(this.lastAccessed);
  }

  /** When its own time runs out; never, where it has none. */
  get deadline(): MonotonicMs {
    return this.lastAccessed + (this.timeoutMs ?? Number.POSITIVE_INFINITY);
  }

  deref(): object | undefined {
    return this.#holding?.deref();
  }

  /** Starts the clean-up. Throws what it throws. */
  end(): unknown {
    return this.#holding?.end();
  }

  /** Lets go of the resource, so that a record somebody kept does not keep what it tells of. */
  release(): void {
    this.#holding = undefined;
  }
}
