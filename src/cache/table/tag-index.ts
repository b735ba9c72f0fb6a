/** Which slots carry which tags. */
export class TagIndex {
  readonly #bySlot = new Map<number, readonly string[]>();
  readonly #byTag = new Map<string, Set<number>>();

  add(slot: number, tags: readonly string[]): void {
    this.#bySlot.set(slot, tags);
    for (const tag of tags) {
      const slots = this.#byTag.get(tag);
      if (slots) slots.add(slot);
      else this.#byTag.set(tag, new Set([slot]));
    }
  }

  remove(slot: number): void {
    for (const tag of this.#bySlot.get(slot) ?? []) {
      const slots = this.#byTag.get(tag);
      slots?.delete(slot);
      if (slots?.size === 0) this.#byTag.delete(tag);
    }
    this.#bySlot.delete(slot);
  }

  slotsOf(tag: string): number[] {
    return Array.from(this.#byTag.get(tag) ?? []);
  }

  clear(): void {
    this.#bySlot.clear();
    this.#byTag.clear();
  }
}
