import type { Bytes, EpochMs } from '../core/units.js';
import type { CleanupFailure } from './cleanup-runner.js';
import type { Resource } from './resource.js';
import type { ResourceType } from './resource-type.js';

/** What a manager has done. registered = active + ending + retrying + unregistered + cleaned + collected + givenUp. */
export interface ResourceStats {
  readonly registered: number;
  readonly active: number;
  readonly activeByType: Readonly<Record<ResourceType, number>>;
  /** Clean-ups under way. */
  readonly ending: number;
  /** Failed once, and waiting for the next sweep. */
  readonly retrying: number;
  readonly unregistered: number;
  readonly cleaned: number;
  /** Collected by the browser before anybody ended them. */
  readonly collected: number;
  /** Clean-ups that failed, each attempt counted; time-outs are among them. */
  readonly failed: number;
  readonly timedOut: number;
  /** Not tried again: failed twice, timed out, or left when the manager ended. */
  readonly givenUp: number;
  /** Of active resources, as far as the app told their size. */
  readonly bytesHeld: Bytes;
  /** Of those cleaned. */
  readonly bytesFreed: Bytes;
  /** Of the budget of temporary resources. */
  readonly temporaryBytes: Bytes;
  /** Sessions of pages that are gone whose temporary files were removed. */
  readonly leftoversRemoved: number;
  /** Those that the browser refused to remove; tried again at the next start. */
  readonly leftoversFailed: number;
  /** Whether temporary files and directories can be had here. */
  readonly temporaryFiles: 'supported' | 'unsupported';
}

/** What there is, and what would not end (seed 000: get_resource_report). */
export interface ResourceReport {
  readonly at: EpochMs;
  readonly stats: ResourceStats;
  /** The ten that were not used for the longest time, the longest first. */
  readonly leastRecentlyUsed: readonly Resource[];
  /** The newest fifty, oldest first. */
  readonly failures: readonly CleanupFailure[];
}
