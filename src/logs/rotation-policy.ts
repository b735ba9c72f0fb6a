/** What makes a segment full (seed 004: RotationPolicy). */
export const RotationPolicy = {
  /** `maxCount` entries. */
  COUNT: 'count',
  /** `maxSizeBytes` of entries, before compression. */
  SIZE: 'size',
  /** `maxAgeMs` after its first entry. */
  TIME: 'time',
} as const;
export type RotationPolicy = (typeof RotationPolicy)[keyof typeof RotationPolicy];
