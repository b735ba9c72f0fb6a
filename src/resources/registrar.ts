import type { Clock } from '../core/clock.js';
import { describe } from '../core/errors.js';
import {
  type Checks,
  checkArgument,
  checkOptions,
  func,
  nonNegative,
  object,
  optional,
  positive,
  text,
} from '../core/validate.js';
import type { CleanupRunner } from './cleanup-runner.js';
import { type Cleanup, type Holding, KnownHolding, StrongHolding, WeakHolding } from './holding.js';
import { findKnownKind } from './known-objects.js';
import { Registry } from './registry.js';
import type { RegisterOptions } from './resource.js';
import { ResourceEntry } from './resource-entry.js';
import { ResourceError, ResourceErrorCode } from './resource-error.js';
import { ResourceHandle } from './resource-handle.js';
import { ResourceStatus } from './resource-status.js';
import { ResourceType } from './resource-type.js';

const CHECKS: Checks<RegisterOptions<never>> = {
  cleanup: optional(func),
  sizeBytes: optional(nonNegative),
  timeoutMs: optional(positive),
  metadata: optional(object),
};

const TYPES: ReadonlySet<unknown> = new Set(Object.values(ResourceType));

/** @throws ResourceError */
export function checkType(type: unknown): void {
  if (TYPES.has(type)) return;
  const allowed = Object.values(ResourceType).join(', ');
  throw new ResourceError(ResourceErrorCode.TYPE, `there is no resource type ${describe(type)}, only ${allowed}`);
}

/** Lets resources in and out of the registry: by name, by their end, and by the garbage collector. */
export class Registrar {
  readonly registry: Registry = new Registry();
  registered = 0;
  unregistered = 0;
  readonly #clock: Clock;
  readonly #runner: CleanupRunner;
  readonly #changed: () => void;
  readonly #finalizers = new FinalizationRegistry<ResourceEntry>((entry) => this.#onCollected(entry));
  #closed = false;

  constructor(clock: Clock, runner: CleanupRunner, changed: () => void) {
    this.#clock = clock;
    this.#runner = runner;
    this.#changed = changed;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Registers what the app gave; `owned` holds it strongly. @throws ResourceError, ConfigError */
  register<T extends object>(
    id: string,
    type: ResourceType,
    resource: T,
    options: RegisterOptions<T> = {},
    owned = false,
  ): ResourceEntry {
    checkOptions('register', options, CHECKS);
    if (!isObject(resource)) {
      const message = `'${id}' needs the object to be ended (or a ResourceHandle), got ${describe(resource)}`;
      throw new ResourceError(ResourceErrorCode.MISSING, message, id);
    }
    const holding = hold(id, resource, options.cleanup, owned);
    return this.add(id, type, holding, options);
  }

  /** @throws ResourceError */
  add(id: string, type: ResourceType, holding: Holding, options: Omit<RegisterOptions, 'cleanup'>): ResourceEntry {
    if (this.#closed) throw new ResourceError(ResourceErrorCode.DISPOSED, `'${id}' came after the manager's end`, id);
    checkType(type);
    checkArgument('register', 'id', id, text);
    const known = this.registry.find(id);
    if (known) {
      const message = `the id '${id}' is in use by a ${known.kind}; end or unregister it first`;
      throw new ResourceError(ResourceErrorCode.DUPLICATE, message, id);
    }
    const entry = new ResourceEntry(id, type, holding, options, this.#clock);
    this.registry.add(entry);
    if (!(holding instanceof StrongHolding)) {
      const target = holding.deref();
      if (target) this.#finalizers.register(target, entry, entry);
    }
    this.registered++;
    this.#changed();
    return entry;
  }

  /** Lets go of an entry without ending it. */
  forget(entry: ResourceEntry): boolean {
    if (!this.#take(entry)) return false;
    entry.status = ResourceStatus.INACTIVE;
    entry.release();
    this.unregistered++;
    this.#changed();
    return true;
  }

  /** Takes an entry out, so that its id is free at once, and ends it. */
  end(entry: ResourceEntry): boolean | Promise<boolean> {
    if (!this.#take(entry) && !this.#runner.retryable.has(entry)) return false;
    return this.#runner.run(entry);
  }

  /** Nothing can be registered from now on. */
  close(): void {
    this.#closed = true;
  }

  #take(entry: ResourceEntry): boolean {
    if (!this.registry.remove(entry)) return false;
    this.#finalizers.unregister(entry);
    return true;
  }

  #onCollected(entry: ResourceEntry): void {
    if (this.registry.remove(entry)) this.#runner.lose(entry);
  }
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Decides how a resource is held and what ends it. @throws ResourceError */
function hold<T extends object>(id: string, resource: T, cleanup: Cleanup<T> | undefined, owned: boolean): Holding {
  if (cleanup) return owned ? new StrongHolding('custom', resource, cleanup) : new WeakHolding(resource, cleanup);
  if (resource instanceof ResourceHandle) {
    return new StrongHolding(resource.kind, resource, () => resource.end());
  }
  const kind = findKnownKind(resource);
  if (!kind) {
    const message = `poise does not know how to end '${id}', ${describe(resource)}: pass \`cleanup\``;
    throw new ResourceError(ResourceErrorCode.NO_CLEANUP, message, id);
  }
  return owned ? new StrongHolding(kind.name, resource, kind.end) : new KnownHolding(kind.name, resource, kind.end);
}
