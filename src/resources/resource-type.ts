/** What a resource is (seed 000: ResourceType). */
export const ResourceType = {
  FILE: 'file',
  DIRECTORY: 'directory',
  MEMORY: 'memory',
  /** Workers. */
  THREAD: 'thread',
  NETWORK: 'network',
  DATABASE: 'database',
  CACHE: 'cache',
  TEMPORARY: 'temporary',
} as const;
export type ResourceType = (typeof ResourceType)[keyof typeof ResourceType];
