import type { Clock } from '../core/clock.js';
import { disposeSymbol } from '../core/disposer.js';
import type { Environment } from '../core/environment.js';
import type { PoiseTasks, WorkerPool } from '../workers/index.js';
import { LogError, LogErrorCode } from './log-error.js';
import type { Pack } from './store/segment.js';

export interface LogCodecOptions {
  /** A pool that others own; without one the codec makes its own. */
  readonly pool: WorkerPool<PoiseTasks> | undefined;
  readonly clock: Clock;
  readonly environment: Environment;
}

/** Compresses packs in poise's worker. Its pool is loaded when there is something to do: a log that is only written needs none. */
export class LogCodec implements Disposable {
  readonly #options: LogCodecOptions;
  #own: Promise<WorkerPool<PoiseTasks>> | undefined;
  #disposed = false;

  constructor(options: LogCodecOptions) {
    this.#options = options;
  }

  /** Packs as one, compressed; undefined where their entries can't be carried exactly. */
  async squeeze(packs: readonly Pack[]): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await (await this.#pool()).run('packRecords', packs);
    return bytes.byteLength > 0 ? bytes : undefined;
  }

  /** What was compressed, as it was. */
  async unpack(bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
    return await (await this.#pool()).run('unpackRecords', bytes);
  }

  [disposeSymbol](): void {
    this.#disposed = true;
    const own = this.#own;
    this.#own = undefined;
    own?.then(
      (pool) => pool[disposeSymbol](),
      () => undefined,
    );
  }

  async #pool(): Promise<WorkerPool<PoiseTasks>> {
    const { pool } = this.#options;
    if (pool) return pool;
    if (this.#disposed) throw new LogError(LogErrorCode.NOT_COMPRESSED, 'the log was disposed');
    this.#own ??= this.#load();
    try {
      return await this.#own;
    } catch (cause) {
      // The chunk may be there the next time.
      this.#own = undefined;
      throw cause;
    }
  }

  async #load(): Promise<WorkerPool<PoiseTasks>> {
    const { clock, environment } = this.#options;
    const { createPoisePool } = await import('../workers/poise-pool.js');
    return createPoisePool({}, { clock, environment });
  }
}
