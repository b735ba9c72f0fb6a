import type { EvictionPolicy } from '../eviction-policy.js';
import { AdaptivePolicy } from './adaptive-policy.js';
import { LfuPolicy } from './lfu-policy.js';
import { LruPolicy } from './lru-policy.js';
import type { Policy, PolicyHost } from './policy.js';
import { RandomPolicy } from './random-policy.js';

type CreatePolicy = <K, V>(host: PolicyHost<K, V>) => Policy<K, V>;

const POLICIES: Readonly<Record<EvictionPolicy, CreatePolicy>> = {
  lru: ({ uses }) => new LruPolicy(uses),
  lfu: () => new LfuPolicy(),
  random: ({ random }) => new RandomPolicy(random),
  adaptive: ({ forget }) => new AdaptivePolicy(forget),
};

export function createPolicy<K, V>(name: EvictionPolicy, host: PolicyHost<K, V>): Policy<K, V> {
  return POLICIES[name](host);
}
