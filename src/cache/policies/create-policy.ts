import type { EvictionPolicy } from '../eviction-policy.js';
import { AdaptivePolicy } from './adaptive-policy.js';
import { LfuPolicy } from './lfu-policy.js';
import { LruPolicy } from './lru-policy.js';
import type { Policy, PolicyHost } from './policy.js';
import { RandomPolicy } from './random-policy.js';

const POLICIES: Readonly<Record<EvictionPolicy, (host: PolicyHost) => Policy>> = {
  lru: () => new LruPolicy(),
  lfu: () => new LfuPolicy(),
  random: ({ random }) => new RandomPolicy(random),
  adaptive: ({ forget }) => new AdaptivePolicy(forget),
};

export function createPolicy(name: EvictionPolicy, host: PolicyHost): Policy {
  return POLICIES[name](host);
}
