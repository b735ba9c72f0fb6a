import type { Bytes } from '../../core/units.js';
import { ResourceError, ResourceErrorCode } from '../resource-error.js';

/** The bytes that temporary resources may take together. */
export class ByteBudget {
  readonly #limit: Bytes;
  #used: Bytes = 0;

  constructor(limit: Bytes) {
    this.#limit = limit;
  }

  get used(): Bytes {
    return this.#used;
  }

  /** Takes `bytes`, or gives back where they are negative. @throws ResourceError when they would not fit */
  take(bytes: Bytes): void {
    if (this.#used + bytes > this.#limit) {
      const message = `${bytes} bytes more than the ${this.#used} in use would pass maxTempSizeBytes (${this.#limit})`;
      throw new ResourceError(ResourceErrorCode.TEMP_BUDGET, message);
    }
    this.#used += bytes;
  }

  give(bytes: Bytes): void {
    this.#used -= bytes;
  }
}
