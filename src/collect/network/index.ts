export {
  NetworkCapture,
  type NetworkDependencies,
  type NetworkSink,
  type NetworkStats,
} from './network-capture.js';
export type { NetworkConfig, NetworkSettings } from './network-config.js';
export type { BodyOmission, NetworkBody, NetworkEntry, NetworkFailure } from './network-entry.js';
export type { NetworkScope } from './network-hub.js';
export type { NetworkPlatform } from './network-watch.js';
export { observeNetwork, withoutCapture } from './observe-network.js';
