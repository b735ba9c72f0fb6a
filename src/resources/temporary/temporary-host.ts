import type { Bytes, Milliseconds } from '../../core/units.js';
import { type Check, checkArgument, optional, positive } from '../../core/validate.js';
import { StrongHolding } from '../holding.js';
import type { Registrar } from '../registrar.js';
import type { ResourceEntry } from '../resource-entry.js';
import type { ResourceType } from '../resource-type.js';
import type { ByteBudget } from './byte-budget.js';
import type { TemporaryStore } from './temporary-store.js';

const fileNamePart: Check = {
  allowed: 'a string without slashes',
  test: (value) => typeof value === 'string' && !/[/\\]/.test(value),
};

/** How a temporary resource is told of to the registry. */
export interface TemporaryRegistration {
  readonly type: ResourceType;
  readonly kind: string;
  readonly resource: object;
  readonly sizeBytes: Bytes;
  readonly timeoutMs: Milliseconds | undefined;
  readonly remove: () => unknown;
}

/** What temporary resources share: the registry that they are in, the budget, and the file store. */
export class TemporaryHost {
  readonly budget: ByteBudget;
  readonly store: TemporaryStore;
  readonly #registrar: Registrar;
  readonly #onRegister: (entry: ResourceEntry) => void;

  constructor(
    registrar: Registrar,
    budget: ByteBudget,
    store: TemporaryStore,
    onRegister: (entry: ResourceEntry) => void = () => undefined,
  ) {
    this.#registrar = registrar;
    this.budget = budget;
    this.store = store;
    this.#onRegister = onRegister;
  }

  /** The same for an owner, who is told of each registration. */
  ownedBy(onRegister: (entry: ResourceEntry) => void): TemporaryHost {
    return new TemporaryHost(this.#registrar, this.budget, this.store, onRegister);
  }

  /** A name that nobody else has. @throws ConfigError */
  nameFor(prefix = 'temp', suffix = ''): string {
    checkArgument('temporary', 'prefix', prefix, fileNamePart);
    checkArgument('temporary', 'suffix', suffix, fileNamePart);
    return `${prefix}-${crypto.getRandomValues(new Uint32Array(3)).join('-')}${suffix}`;
  }

  /**
   * Takes its bytes from the budget and registers it, held strongly: a file would not go with the object that names it.
   * @throws ResourceError over the budget, or after the manager's end
   */
  register(name: string, { type, kind, resource, sizeBytes, timeoutMs, remove }: TemporaryRegistration): ResourceEntry {
    checkArgument('temporary', 'timeoutMs', timeoutMs, optional(positive));
    this.budget.take(sizeBytes);
    try {
      const holding = new StrongHolding(kind, resource, remove);
      const entry = this.#registrar.add(name, type, holding, { sizeBytes, timeoutMs });
      this.#onRegister(entry);
      return entry;
    } catch (cause) {
      this.budget.give(sizeBytes);
      throw cause;
    }
  }

  /** Ends it; what fails is counted and reported like any clean-up. */
  end(entry: ResourceEntry): boolean | Promise<boolean> {
    return this.#registrar.end(entry);
  }

  resize(entry: ResourceEntry, sizeBytes: Bytes): void {
    this.#registrar.registry.resize(entry, sizeBytes);
  }
}
