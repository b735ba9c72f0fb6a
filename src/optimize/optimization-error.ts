import { PoiseError } from '../core/errors.js';

/** Two implementations of one function gave different results; the original's was used. */
export class DisagreementError extends PoiseError {
  override readonly name = 'DisagreementError';
  /** Which of the alternatives, as it was given. */
  readonly alternative: number;
  readonly args: readonly unknown[];

  constructor(alternative: number, name: string, args: readonly unknown[], cause?: unknown) {
    super(
      'POISE_OPTIMIZE_DISAGREEMENT',
      `alternative ${alternative} (${name || 'anonymous'}) does not agree with the original and is no longer used`,
      { cause },
    );
    this.alternative = alternative;
    this.args = args;
  }
}

/** An optimisation can't be applied: there is no such id, it is there already, or something it needs is missing. */
export class OptimizationError extends PoiseError {
  override readonly name = 'OptimizationError';

  constructor(message: string, options?: ErrorOptions) {
    super('POISE_OPTIMIZE', message, options);
  }
}
