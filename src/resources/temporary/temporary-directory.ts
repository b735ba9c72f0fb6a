import { asyncDisposeSymbol } from '../../core/disposer.js';
import type { Bytes } from '../../core/units.js';
import { ResourceType } from '../resource-type.js';
import type { TemporaryHost } from './temporary-host.js';
import { type TemporaryData, type TemporaryFileOptions, TemporaryPlace } from './temporary-place.js';

/** A directory in the origin private file system that goes with all that is in it; see TemporaryFile. */
export class TemporaryDirectory implements AsyncDisposable {
  readonly #place: TemporaryPlace;
  readonly #sizes = new Map<string, Bytes>();

  /** @throws ResourceError */
  constructor(host: TemporaryHost, options: TemporaryFileOptions) {
    this.#place = new TemporaryPlace(host, this, ResourceType.DIRECTORY, options);
  }

  get name(): string {
    return this.#place.name;
  }

  /** What `write` put into it, or what the last `read` of each file found. */
  get sizeBytes(): Bytes {
    return this.#place.sizeBytes;
  }

  /** The directory's own handle; what is written through it is counted at the next `read`. @throws ResourceError */
  open(): Promise<FileSystemDirectoryHandle> {
    return this.#place.run((directory) => directory.getDirectoryHandle(this.name, { create: true }));
  }

  /** Replaces the contents of one file in it. @throws ResourceError over the budget, or when the browser refuses */
  write(fileName: string, data: TemporaryData): Promise<void> {
    return this.#place.run(async (parent) => {
      const directory = await parent.getDirectoryHandle(this.name, { create: true });
      const file = await directory.getFileHandle(fileName, { create: true });
      this.#sizes.set(fileName, await this.#place.write(file, data, this.#sizes.get(fileName) ?? 0));
    });
  }

  /** @throws ResourceError when there is no such file */
  read(fileName: string): Promise<File> {
    return this.#place.run(async (parent) => {
      const directory = await parent.getDirectoryHandle(this.name, { create: true });
      const file = await (await directory.getFileHandle(fileName)).getFile();
      this.#sizes.set(fileName, this.#place.measure(file, this.#sizes.get(fileName) ?? 0));
      return file;
    });
  }

  /** Removes the directory. Does not reject: what fails is counted, retried and on the manager's `errors$`. */
  dispose(): Promise<void> {
    return this.#place.end();
  }

  [asyncDisposeSymbol](): Promise<void> {
    return this.dispose();
  }
}
