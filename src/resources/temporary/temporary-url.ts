import { disposeSymbol } from '../../core/disposer.js';
import type { Bytes, Milliseconds } from '../../core/units.js';
import { type Check, checkArgument } from '../../core/validate.js';
import type { ResourceEntry } from '../resource-entry.js';
import { ResourceType } from '../resource-type.js';
import type { TemporaryHost } from './temporary-host.js';

export interface TemporaryUrlOptions {
  /** What the URL stands for; its size counts in the budget. */
  readonly blob: Blob;
  /** How long it may go unused before a sweep ends it. Default: the cleaner's `resourceTimeoutMs`. */
  readonly timeoutMs?: Milliseconds;
}

const blobCheck: Check = { allowed: 'a Blob', test: (value) => value instanceof Blob };

/** An object URL, which keeps its blob in memory until it is revoked. */
export class TemporaryUrl implements Disposable {
  readonly url: string;
  readonly sizeBytes: Bytes;
  readonly #host: TemporaryHost;
  readonly #entry: ResourceEntry;

  /** @throws ConfigError, ResourceError over the budget */
  constructor(host: TemporaryHost, options: TemporaryUrlOptions | undefined) {
    checkArgument('temporary', 'blob', options?.blob, blobCheck);
    const blob = options?.blob ?? new Blob();
    this.#host = host;
    this.sizeBytes = blob.size;
    this.#entry = host.register(host.nameFor('url'), {
      type: ResourceType.TEMPORARY,
      kind: 'temporary url',
      resource: this,
      sizeBytes: blob.size,
      timeoutMs: options?.timeoutMs,
      remove: () => {
        URL.revokeObjectURL(this.url);
        host.budget.give(blob.size);
      },
    });
    this.url = URL.createObjectURL(blob);
  }

  dispose(): void {
    void this.#host.end(this.#entry);
  }

  [disposeSymbol](): void {
    this.dispose();
  }
}
