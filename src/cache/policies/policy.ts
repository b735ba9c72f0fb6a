/** Decides which entry goes when a cache is full. It knows entries by their slots only. Each call is O(1) at any size. */
export interface Policy {
  /** A key was added: one in a new slot, or one that the policy remembers, in its slot. */
  add(slot: number): void;
  /** An entry was read or given a new value. */
  touch(slot: number): void;
  /** An entry went for another reason than want of room. */
  remove(slot: number): void;
  /** Picks the entry that goes and takes it out; NONE when there is none. */
  evict(): number;
  /** See RememberingPolicy. */
  remembers?(slot: number): boolean;
  /** Everything went. */
  clear(): void;
}

/** A policy that may leave the key of what it evicts known to the cache, in its slot, to know it when it comes back. */
export interface RememberingPolicy extends Policy {
  /** Whether a key went and is remembered. */
  remembers(slot: number): boolean;
}

export function isRemembering(policy: Policy): policy is RememberingPolicy {
  return policy.remembers !== undefined;
}

/** What a policy may use of its cache. */
export interface PolicyHost {
  /** Drops a key that went and was remembered. */
  readonly forget: (slot: number) => void;
  /** A number from 0 up to 1, without 1. */
  readonly random: () => number;
}
