import { describe, PoiseError } from '../core/errors.js';

/** A batch that was given up: its items, so that the app can keep them, and what the processor threw last. */
export class BatchError<Item> extends PoiseError {
  override readonly name: string = 'BatchError';
  readonly items: readonly Item[];
  readonly attempts: number;

  constructor(items: readonly Item[], attempts: number, cause: unknown) {
    super('POISE_BATCH', `a batch of ${items.length} failed ${attempts} times: ${describe(cause)}`, { cause });
    this.items = items;
    this.attempts = attempts;
  }
}
