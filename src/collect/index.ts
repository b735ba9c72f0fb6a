export { type FrameSample, type FramesOptions, observeFrames } from './frames.js';
export { type HeapOptions, heapSource, observeHeap } from './heap.js';
export { type LongFrame, type LongFrameScript, longFrameSource, observeLongFrames } from './long-frames.js';
export * from './network/index.js';
export {
  observePageLifecycle,
  type PageLifecycleChange,
  type PageLifecycleOptions,
  PageState,
} from './page-lifecycle.js';
export { observePerformance } from './performance-observable.js';
export { observePressure, type PressureOptions, type PressureReading } from './pressure.js';
export * from './redaction/index.js';
export { observeResourceTiming, type ResourceTiming } from './resource-timing.js';
export { observeSoftNavigations, type SoftNavigation } from './soft-navigations.js';
export { observeStorage, type StorageOptions, type StorageReading, type TrafficCount } from './storage-estimate.js';
export { observeUncaughtErrors, type UncaughtError, type UncaughtErrorsOptions } from './uncaught-errors.js';
export type {
  ClsAttribution,
  FcpAttribution,
  InpAttribution,
  InpScript,
  LcpAttribution,
  LoadState,
  TtfbAttribution,
  WebVital,
  WebVitalName,
} from './web-vital.js';
export { observeWebVitals, supportedWebVitals, type WebVitalsOptions } from './web-vitals.js';
