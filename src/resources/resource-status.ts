/** Where a resource is in its life (seed 000: ResourceStatus). */
export const ResourceStatus = {
  /** Registered. */
  ACTIVE: 'active',
  /** No longer registered: unregistered, collected by the browser, or its clean-up is under way. */
  INACTIVE: 'inactive',
  /** Its clean-up failed. */
  ERROR: 'error',
  /** Its clean-up succeeded. */
  CLEANED: 'cleaned',
} as const;
export type ResourceStatus = (typeof ResourceStatus)[keyof typeof ResourceStatus];
