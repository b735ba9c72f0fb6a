export { PoiseOverlay, type PoiseOverlayProps } from './poise-overlay.js';
export { type Store, throttleStore } from './throttled-store.js';
export { type Measurer, useMeasure } from './use-measure.js';
export { useThrottledStore } from './use-throttled-store.js';
export { useThrottledValue } from './use-throttled-value.js';
