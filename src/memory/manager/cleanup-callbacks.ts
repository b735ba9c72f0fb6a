import type { Teardown } from '../../core/disposer.js';
import { guard, type Report } from '../../core/guard.js';
import { checkArgument, func } from '../../core/validate.js';

/** Called after a clean-up with the number of entries that went. */
export type CleanupCallback = (count: number) => unknown;

/** The app's callbacks; one that throws is counted and reported, and keeps none from running. */
export class CleanupCallbacks {
  readonly #registrations = new Set<{ readonly run: CleanupCallback }>();
  readonly #report: Report;
  failures = 0;

  constructor(report: Report) {
    this.#report = (error) => {
      this.failures++;
      report(error);
    };
  }

  /** @throws ConfigError when it is no function */
  add(callback: CleanupCallback): Teardown {
    checkArgument('addCleanupCallback', 'callback', callback, func);
    const registration = { run: callback };
    this.#registrations.add(registration);
    return () => void this.#registrations.delete(registration);
  }

  run(count: number): void {
    for (const { run } of [...this.#registrations]) guard('a clean-up callback', () => run(count), this.#report);
  }

  clear(): void {
    this.#registrations.clear();
  }
}
