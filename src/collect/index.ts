export { type FrameSample, type FramesOptions, observeFrames } from './frames.js';
export { type LongFrame, type LongFrameScript, longFrameSource, observeLongFrames } from './long-frames.js';
export * from './network/index.js';
export { observePerformance } from './performance-observable.js';
export * from './redaction/index.js';
