import { asyncDisposeSymbol, disposeSymbol } from '../core/disposer.js';
import { checkArgument, text } from '../core/validate.js';
import type { Registrar } from './registrar.js';
import type { RegisterOptions, Resource } from './resource.js';
import type { ResourceEntry } from './resource-entry.js';
import { ResourceError, ResourceErrorCode } from './resource-error.js';
import { ResourceStatus } from './resource-status.js';
import type { ResourceType } from './resource-type.js';
import {
  makeTemporary,
  type TemporaryKind,
  type TemporaryOptions,
  type TemporaryResources,
} from './temporary/make-temporary.js';
import type { TemporaryHost } from './temporary/temporary-host.js';

/**
 * Owns what is registered through it, and ends it all with itself, last in first out.
 * Unlike a manager it holds objects strongly, until they end or it does. Made by `manager.scope(name)`.
 */
export class ResourceScope implements Disposable, AsyncDisposable {
  /** The given name and a number, so that two views of one name, as in React StrictMode, don't share ids. */
  readonly name: string;
  readonly #registrar: Registrar;
  readonly #host: TemporaryHost;
  #owned: ResourceEntry[] = [];
  #pruneAt = 64;
  #disposed = false;

  constructor(name: string, registrar: Registrar, host: TemporaryHost) {
    this.name = name;
    this.#registrar = registrar;
    this.#host = host;
  }

  /** What clean-ups failed with, so far; they are on the manager's `errors$` as well. */
  get errors(): readonly ResourceError[] {
    return this.#owned.flatMap(({ error }) => error ?? []);
  }

  /** As the manager's; the id need be unique in this scope only. @throws ResourceError, ConfigError */
  register<T extends object>(id: string, type: ResourceType, resource: T, options?: RegisterOptions<T>): Resource {
    this.#check();
    checkArgument('register', 'id', id, text);
    return this.#own(this.#registrar.register(this.#idOf(id), type, resource, options, true));
  }

  /** A temporary resource that ends with the scope, if not sooner. @throws ResourceError, ConfigError */
  temporary<Kind extends TemporaryKind>(kind: Kind, options?: TemporaryOptions[Kind]): TemporaryResources[Kind] {
    this.#check();
    return makeTemporary(
      this.#host.ownedBy((entry) => this.#own(entry)),
      kind,
      options,
    );
  }

  /** Lets go of a resource without ending it. @returns whether it was there */
  unregister(id: string): boolean {
    const entry = this.#registrar.registry.find(this.#idOf(id));
    return entry !== undefined && this.#registrar.forget(entry);
  }

  /** Starts every clean-up, the newest first, without waiting. What fails is in `errors`; nothing is thrown. */
  dispose(): void {
    this.#disposed = true;
    for (const entry of this.#owned.toReversed()) void this.#registrar.end(entry);
  }

  /** Ends everything, the newest first, each after the one before it has settled. Does not reject. */
  async disposeAsync(): Promise<void> {
    this.#disposed = true;
    for (const entry of this.#owned.toReversed()) await this.#registrar.end(entry);
  }

  [disposeSymbol](): void {
    this.dispose();
  }

  [asyncDisposeSymbol](): Promise<void> {
    return this.disposeAsync();
  }

  #idOf(id: string): string {
    return `${this.name}/${id}`;
  }

  #own(entry: ResourceEntry): ResourceEntry {
    if (this.#owned.length >= this.#pruneAt) {
      this.#owned = this.#owned.filter(
        ({ status }) => status === ResourceStatus.ACTIVE || status === ResourceStatus.ERROR,
      );
      this.#pruneAt = Math.max(64, 2 * this.#owned.length);
    }
    this.#owned.push(entry);
    return entry;
  }

  #check(): void {
    if (this.#disposed) throw new ResourceError(ResourceErrorCode.DISPOSED, `the scope '${this.name}' has ended`);
  }
}
