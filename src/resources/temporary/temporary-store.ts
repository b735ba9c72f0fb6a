import type { Environment } from '../../core/environment.js';

/** Where temporary files lie in the origin private file system: one directory a session in it. */
const ROOT = 'poise-temporary';
/** A session's Web Lock is held as long as it has files: whoever can take it knows that the session's page is gone. */
const lockName = (session: string) => `${ROOT}:${session}`;

interface Session {
  readonly name: string;
  readonly directory: FileSystemDirectoryHandle;
  readonly release: () => void;
}

/** How the search for what earlier pages left went. */
interface Leftovers {
  readonly removed: number;
  readonly failures: readonly unknown[];
}

/**
 * One page's corner of the origin private file system (https://fs.spec.whatwg.org/), claimed by a Web Lock.
 * The lock is taken before the directory is made, so a directory without a holder is always one left behind.
 */
export class TemporaryStore {
  readonly #storage: StorageManager | undefined;
  readonly #locks: LockManager | undefined;
  #users = 0;
  #session: Promise<Session> | undefined;

  constructor({ storage, locks }: Environment) {
    this.#storage = storage;
    this.#locks = locks;
  }

  /** Whether the browser has what temporary files need: the file system, writing to it, and locks. */
  get supported(): boolean {
    const writable = typeof FileSystemFileHandle !== 'undefined' && 'createWritable' in FileSystemFileHandle.prototype;
    return writable && this.#locks !== undefined && this.#storage?.getDirectory !== undefined;
  }

  /** The session's directory, for one more user. */
  async acquire(): Promise<FileSystemDirectoryHandle> {
    this.#users++;
    this.#session ??= this.#begin();
    try {
      return (await this.#session).directory;
    } catch (cause) {
      this.#users--;
      this.#session = undefined;
      throw cause;
    }
  }

  /** One user less; with the last the directory and its lock go. */
  async release(): Promise<void> {
    this.#users--;
    if (this.#users > 0 || !this.#session) return;
    const ending = this.#session;
    this.#session = undefined;
    const { name, release } = await ending;
    try {
      await (await this.#root()).removeEntry(name, { recursive: true });
    } finally {
      release();
    }
  }

  /** Removes what pages left that are gone. Does not reject. @returns the sessions removed, and what was refused */
  async removeLeftovers(): Promise<Leftovers> {
    const failures: unknown[] = [];
    let removed = 0;
    if (!this.supported) return { removed, failures };
    try {
      const root = await this.#root();
      for await (const session of root.keys()) {
        const attempt = async (lock: Lock | null) => {
          if (!lock) return;
          await root.removeEntry(session, { recursive: true });
          removed++;
        };
        const tried = this.#locks?.request(lockName(session), { ifAvailable: true }, attempt);
        await tried?.catch((cause: unknown) => failures.push(cause));
      }
    } catch (cause) {
      failures.push(cause);
    }
    return { removed, failures };
  }

  async #begin(): Promise<Session> {
    const name = crypto.randomUUID();
    const release = await this.#claim(name);
    try {
      const directory = await (await this.#root()).getDirectoryHandle(name, { create: true });
      return { name, directory, release };
    } catch (cause) {
      release();
      throw cause;
    }
  }

  /** Takes a session's lock. Returns what lets go of it. */
  #claim(session: string): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const held = () => new Promise<void>((release) => resolve(release));
      this.#locks?.request(lockName(session), held).catch(reject);
    });
  }

  async #root(): Promise<FileSystemDirectoryHandle> {
    if (!this.#storage) throw new TypeError('no storage');
    return await (await this.#storage.getDirectory()).getDirectoryHandle(ROOT, { create: true });
  }
}
