export { type FrameSample, type FramesOptions, observeFrames } from './frames.js';
export { type HeapOptions, heapSource, observeHeap } from './heap.js';
export { type LongFrame, type LongFrameScript, longFrameSource, observeLongFrames } from './long-frames.js';
export { observePerformance } from './performance-observable.js';
