/** What has been opened and not yet ended, each with where it was opened. */
export class OpenThings {
  readonly #open = new Map<unknown, { readonly what: string; readonly where: string }>();

  /** `key` is what ends it: the object itself, or a name for it. */
  add(key: unknown, what: string): void {
    const stack = new Error().stack?.split('\n') ?? [];
    const where = stack.filter((line) => line.includes('/src/') || line.includes('.test.ts')).slice(0, 3);
    this.#open.set(key, { what, where: where.map((line) => line.trim()).join('\n      ') });
  }

  delete(key: unknown): void {
    this.#open.delete(key);
  }

  keys(): ReadonlySet<unknown> {
    return new Set(this.#open.keys());
  }

  /** What is open now and was not in `before`, in words. */
  since(before: ReadonlySet<unknown>): readonly string[] {
    const left = [...this.#open].filter(([key]) => !before.has(key));
    return left.map(([, { what, where }]) => (where ? `${what}\n      ${where}` : what));
  }
}
