import { disposeSymbol } from '../../core/disposer.js';
import type { Bytes, Milliseconds } from '../../core/units.js';
import { checkArgument, nonNegativeInteger } from '../../core/validate.js';
import type { ResourceEntry } from '../resource-entry.js';
import { ResourceType } from '../resource-type.js';
import type { TemporaryHost } from './temporary-host.js';

export interface TemporaryBufferOptions {
  readonly byteLength: Bytes;
  /** How long it may go unused before a sweep ends it. Default: the cleaner's `resourceTimeoutMs`. */
  readonly timeoutMs?: Milliseconds;
}

/** An ArrayBuffer whose memory goes back at once when it is disposed: it is detached, whoever still holds it. */
export class TemporaryBuffer implements Disposable {
  readonly buffer: ArrayBuffer;
  readonly sizeBytes: Bytes;
  readonly #host: TemporaryHost;
  readonly #entry: ResourceEntry;

  /** @throws ConfigError, ResourceError over the budget, RangeError when the engine has no room for it */
  constructor(host: TemporaryHost, options: TemporaryBufferOptions | undefined) {
    checkArgument('temporary', 'byteLength', options?.byteLength, nonNegativeInteger);
    const byteLength = options?.byteLength ?? 0;
    const buffer = new ArrayBuffer(byteLength);
    this.#host = host;
    this.buffer = buffer;
    this.sizeBytes = byteLength;
    this.#entry = host.register(host.nameFor('buffer'), {
      type: ResourceType.MEMORY,
      kind: 'temporary buffer',
      resource: this,
      sizeBytes: byteLength,
      timeoutMs: options?.timeoutMs,
      remove: () => {
        host.budget.give(byteLength);
        // Whoever transferred it has it now, and here it is empty already.
        if (buffer.byteLength > 0) structuredClone(buffer, { transfer: [buffer] });
      },
    });
  }

  dispose(): void {
    void this.#host.end(this.#entry);
  }

  [disposeSymbol](): void {
    this.dispose();
  }
}
