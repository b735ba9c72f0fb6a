/** What a client of a busy API keeps: a record of about 200 bytes by its id. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly price: number;
  readonly tags: readonly string[];
  readonly seller: { readonly name: string; readonly rating: number };
}

export function items(count: number): (readonly [key: string, value: Item])[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `item-${n}`;
    const title = `Item number ${n} with a title of usual length, ${'x'.repeat(n % 60)}`;
    return [
      id,
      { id, title, price: n * 1.01, tags: ['a', `t${n % 7}`], seller: { name: `s${n % 97}`, rating: n % 5 } },
    ];
  });
}

/** A shuffle that is the same each time. */
export function shuffled<T>(values: readonly T[]): T[] {
  const order = values.map((value, at) => ({ value, rank: Math.imul(at + 1, 0x9e3779b1) >>> 0 }));
  return order.sort((a, b) => a.rank - b.rank).map(({ value }) => value);
}
