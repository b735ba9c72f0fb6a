import type { Bytes, Milliseconds } from '../../core/units.js';
import type { ResourceEntry } from '../resource-entry.js';
import { ResourceError, ResourceErrorCode } from '../resource-error.js';
import type { ResourceType } from '../resource-type.js';
import type { TemporaryHost } from './temporary-host.js';

/** How a temporary file or directory is named and when it ends. */
export interface TemporaryFileOptions {
  /** Default 'temp'. */
  readonly prefix?: string;
  /** Default none. */
  readonly suffix?: string;
  /** How long it may go unused before a sweep ends it. Default: the cleaner's `resourceTimeoutMs`. */
  readonly timeoutMs?: Milliseconds;
}

/** What a temporary file takes; strings as UTF-8. */
export type TemporaryData = BlobPart;

/**
 * One name in the session's directory: its operations one after the other, its bytes within the budget, its end.
 * Nothing is made on disk before the first operation.
 */
export class TemporaryPlace {
  readonly name: string;
  readonly #host: TemporaryHost;
  readonly #entry: ResourceEntry;
  #directory: FileSystemDirectoryHandle | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  /** @throws ResourceError where the browser can't have temporary files */
  constructor(host: TemporaryHost, resource: object, type: ResourceType, options: TemporaryFileOptions) {
    if (!host.store.supported) {
      const message = 'temporary files need the origin private file system and Web Locks, which are not there';
      throw new ResourceError(ResourceErrorCode.TEMP_UNSUPPORTED, message);
    }
    this.name = host.nameFor(options.prefix, options.suffix);
    this.#host = host;
    this.#entry = host.register(this.name, {
      type,
      kind: `temporary ${type}`,
      resource,
      sizeBytes: 0,
      timeoutMs: options.timeoutMs,
      remove: () => this.#remove(),
    });
  }

  get sizeBytes(): Bytes {
    return this.#entry.sizeBytes;
  }

  /** Runs an operation after those before it. @throws ResourceError once it has ended, or when the browser refuses */
  run<T>(operation: (directory: FileSystemDirectoryHandle) => Promise<T>): Promise<T> {
    return this.#queue(async () => {
      if (this.#ended) throw new ResourceError(ResourceErrorCode.DISPOSED, `'${this.name}' has ended`, this.name);
      try {
        this.#directory ??= await this.#host.store.acquire();
        return await operation(this.#directory);
      } catch (cause) {
        if (cause instanceof ResourceError) throw cause;
        const message = `the browser refused an operation on '${this.name}'`;
        throw new ResourceError(ResourceErrorCode.TEMP_FAILED, message, this.name, { cause });
      }
    });
  }

  /** Replaces a file's contents, which were `before` bytes. @throws ResourceError over the budget */
  async write(file: FileSystemFileHandle, data: TemporaryData, before: Bytes): Promise<Bytes> {
    const contents = new Blob([data]);
    const more = contents.size - before;
    this.#host.budget.take(more);
    try {
      const stream = await file.createWritable();
      await stream.write(contents);
      await stream.close();
    } catch (cause) {
      this.#host.budget.give(more);
      throw cause;
    }
    this.#host.resize(this.#entry, this.#entry.sizeBytes + more);
    return contents.size;
  }

  /** Counts what a file of `before` counted bytes has grown to by other hands; it is there already, so it may pass the budget. */
  measure(file: File, before: Bytes): Bytes {
    const more = file.size - before;
    this.#host.budget.give(-more);
    this.#host.resize(this.#entry, this.#entry.sizeBytes + more);
    return file.size;
  }

  async end(): Promise<void> {
    await this.#host.end(this.#entry);
  }

  #remove(): Promise<void> {
    return this.#queue(async () => {
      this.#ended = true;
      if (!this.#directory) return;
      await removeIfThere(this.#directory, this.name);
      this.#directory = undefined;
      this.#host.budget.give(this.#entry.sizeBytes);
      await this.#host.store.release();
    });
  }

  #queue<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(operation);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

async function removeIfThere(directory: FileSystemDirectoryHandle, name: string): Promise<void> {
  try {
    await directory.removeEntry(name, { recursive: true });
  } catch (cause) {
    if (!(cause instanceof DOMException && cause.name === 'NotFoundError')) throw cause;
  }
}
