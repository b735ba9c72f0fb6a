/** The hits of the best choice there is, which knows what comes (Belady 1966): the key needed last goes. */
export function optimalHits(keys: readonly number[], size: number): number {
  const nextUse = nextUses(keys);
  const dueAt = new Map<number, number>();
  const heap = new LatestFirst();
  let hits = 0;
  for (const [at, key] of keys.entries()) {
    if (dueAt.has(key)) hits++;
    else if (dueAt.size >= size) {
      // What was used since it went into the heap stands there again, with a later time.
      for (let top = heap.pop(); top; top = heap.pop()) {
        if (dueAt.get(top.key) !== top.dueAt) continue;
        dueAt.delete(top.key);
        break;
      }
    }
    const due = nextUse[at] ?? keys.length;
    dueAt.set(key, due);
    heap.push({ key, dueAt: due });
  }
  return hits;
}

function nextUses(keys: readonly number[]): Float64Array {
  const next = new Float64Array(keys.length);
  const seenAt = new Map<number, number>();
  for (let at = keys.length - 1; at >= 0; at--) {
    const key = keys[at] ?? 0;
    // Those that never come again differ, so that no two entries of the heap are taken for each other.
    next[at] = seenAt.get(key) ?? keys.length + at;
    seenAt.set(key, at);
  }
  return next;
}

interface Due {
  readonly key: number;
  readonly dueAt: number;
}

/** A binary heap. */
class LatestFirst {
  readonly #items: Due[] = [];

  push(item: Due): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above];
      if (!parent || parent.dueAt >= item.dueAt) break;
      items[at] = parent;
      at = above;
    }
    items[at] = item;
  }

  pop(): Due | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (!last || items.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = items[below];
      const sibling = items[below + 1];
      if (child && sibling && sibling.dueAt > child.dueAt) {
        child = sibling;
        below++;
      }
      if (!child || child.dueAt <= last.dueAt) break;
      items[at] = child;
      at = below;
    }
    items[at] = last;
    return top;
  }
}
