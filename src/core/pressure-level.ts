/** How scarce a resource is; the four states of the Compute Pressure spec, used for memory as well. */
export const PressureLevel = {
  NOMINAL: 'nominal',
  FAIR: 'fair',
  SERIOUS: 'serious',
  CRITICAL: 'critical',
} as const;
export type PressureLevel = (typeof PressureLevel)[keyof typeof PressureLevel];
