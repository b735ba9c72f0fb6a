import { PoiseError } from '../core/errors.js';

/** Why a resource could not be registered, used or ended. */
export const ResourceErrorCode = {
  /** The id is in use. */
  DUPLICATE: 'POISE_RESOURCE_DUPLICATE',
  /** There is no such resource type. */
  TYPE: 'POISE_RESOURCE_TYPE',
  /** What was to be registered is no object. */
  MISSING: 'POISE_RESOURCE_MISSING',
  /** poise does not know how to end the object, and no `cleanup` was given. */
  NO_CLEANUP: 'POISE_RESOURCE_NO_CLEANUP',
  /** The clean-up threw or rejected. */
  CLEANUP_FAILED: 'POISE_RESOURCE_CLEANUP_FAILED',
  /** The clean-up did not settle in time. */
  CLEANUP_TIMEOUT: 'POISE_RESOURCE_CLEANUP_TIMEOUT',
  /** The manager, scope or temporary resource has ended. */
  DISPOSED: 'POISE_RESOURCE_DISPOSED',
  /** Temporary resources would take more than `maxTempSizeBytes`. */
  TEMP_BUDGET: 'POISE_RESOURCE_TEMP_BUDGET',
  /** The browser has no origin private file system, or no Web Locks, here. */
  TEMP_UNSUPPORTED: 'POISE_RESOURCE_TEMP_UNSUPPORTED',
  /** The browser refused to read or write a temporary file. */
  TEMP_FAILED: 'POISE_RESOURCE_TEMP_FAILED',
} as const;
export type ResourceErrorCode = (typeof ResourceErrorCode)[keyof typeof ResourceErrorCode];

/** Thrown on wrong use; on `errors$` when a clean-up fails, with what it threw as `cause`. */
export class ResourceError extends PoiseError {
  override readonly name = 'ResourceError';
  /** The resource's id; undefined where it is not about one. */
  readonly id: string | undefined;

  constructor(code: ResourceErrorCode, message: string, id?: string, options?: ErrorOptions) {
    super(code, message, options);
    this.id = id;
  }
}
