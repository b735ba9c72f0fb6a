import { NONE } from '../slots.js';
import type { ForgettingPolicy } from './policy.js';
import { SlotList } from './slot-list.js';

/** The least recently used entry goes: a list in the order of use. */
export class LruPolicy extends SlotList implements ForgettingPolicy {
  evict(): number {
    const slot = this.oldest;
    if (slot !== NONE) this.remove(slot);
    return slot;
  }

  renew(): number {
    const slot = this.oldest;
    this.touch(slot);
    return slot;
  }
}
