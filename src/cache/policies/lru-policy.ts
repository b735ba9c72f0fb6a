import { NONE } from '../slots.js';
import type { Policy } from './policy.js';
import { Links, SlotList } from './slot-list.js';

/** The least recently used entry goes. */
export class LruPolicy implements Policy {
  #list = new SlotList(new Links());

  add(slot: number): void {
    this.#list.append(slot);
  }

  touch(slot: number): void {
    this.#list.renew(slot);
  }

  remove(slot: number): void {
    this.#list.remove(slot);
  }

  evict(): number {
    const slot = this.#list.oldest;
    if (slot !== NONE) this.#list.remove(slot);
    return slot;
  }

  clear(): void {
    this.#list = new SlotList(new Links());
  }
}
