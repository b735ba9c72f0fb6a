import { asyncDisposeSymbol } from '../../core/disposer.js';
import type { Bytes } from '../../core/units.js';
import { ResourceType } from '../resource-type.js';
import type { TemporaryHost } from './temporary-host.js';
import { type TemporaryData, type TemporaryFileOptions, TemporaryPlace } from './temporary-place.js';

/**
 * A file in the origin private file system that goes when it is disposed, when its manager ends, or, after the page was
 * killed, when the next one starts (seed 000: temporary_resource). Operations run one after the other.
 */
export class TemporaryFile implements AsyncDisposable {
  readonly #place: TemporaryPlace;

  /** @throws ResourceError */
  constructor(host: TemporaryHost, options: TemporaryFileOptions) {
    this.#place = new TemporaryPlace(host, this, ResourceType.FILE, options);
  }

  get name(): string {
    return this.#place.name;
  }

  /** What `write` put into it, or what the last `read` found. */
  get sizeBytes(): Bytes {
    return this.#place.sizeBytes;
  }

  /** The file's own handle; what is written through it is counted at the next `read`. @throws ResourceError */
  open(): Promise<FileSystemFileHandle> {
    return this.#place.run((directory) => directory.getFileHandle(this.name, { create: true }));
  }

  /** Replaces the contents. @throws ResourceError over the budget, or when the browser refuses (full disk) */
  write(data: TemporaryData): Promise<void> {
    return this.#place.run(async (directory) => {
      const file = await directory.getFileHandle(this.name, { create: true });
      await this.#place.write(file, data, this.#place.sizeBytes);
    });
  }

  /** @throws ResourceError */
  read(): Promise<File> {
    return this.#place.run(async (directory) => {
      const file = await (await directory.getFileHandle(this.name, { create: true })).getFile();
      this.#place.measure(file, this.#place.sizeBytes);
      return file;
    });
  }

  /** Removes the file. Does not reject: what fails is counted, retried and on the manager's `errors$`. */
  dispose(): Promise<void> {
    return this.#place.end();
  }

  [asyncDisposeSymbol](): Promise<void> {
    return this.dispose();
  }
}
