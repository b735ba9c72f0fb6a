/** Knows entries by their slots only. Each call is O(1) at any size. */
interface EntryOrder {
  /** A key was added: one in a new slot, or one that the policy remembers, in its slot. */
  add(slot: number): void;
  /** An entry was read or given a new value. */
  touch(slot: number): void;
  /** An entry went for another reason than want of room. */
  remove(slot: number): void;
  /** Picks the entry that goes and takes it out; NONE when there is none. */
  evict(): number;
  /** Everything went. */
  clear(): void;
}

/** A policy that forgets what it evicts. */
export interface ForgettingPolicy extends EntryOrder {
  /** Picks the entry that goes, of one or more, and adds a new key in its slot: `evict` and `add` in one. */
  renew(): number;
}

/** A policy that may leave the key of what it evicts known to the cache, in its slot, to know it when it comes back. */
export interface RememberingPolicy extends EntryOrder {
  /** Whether a key went and is remembered. */
  remembers(slot: number): boolean;
}

/** Decides which entry goes when a cache is full. */
export type Policy = ForgettingPolicy | RememberingPolicy;

export function isRemembering(policy: Policy): policy is RememberingPolicy {
  return 'remembers' in policy;
}

/** What a policy may use of its cache. */
export interface PolicyHost {
  /** Drops a key that went and was remembered. */
  readonly forget: (slot: number) => void;
  /** A number from 0 up to 1, without 1. */
  readonly random: () => number;
}
