export type { FrameTiming } from './frame-window.js';
export { monitorSource } from './monitor-source.js';
export { mountOverlay, type Overlay, type OverlayOptions, OverlayTheme } from './mount-overlay.js';
export { defineOverlay, type OverlayElement } from './overlay-element.js';
export type {
  CacheFigures,
  CachesPart,
  LeaksPart,
  LogsPart,
  MemoryPart,
  MonitorPart,
  OverlaySource,
  ResourcesPart,
  ThrottlerPart,
  WorkersPart,
} from './overlay-source.js';
export { mountPill, type Pill, type PillOptions, type PillThrottler, type ThrottlerCounts } from './pill/pill.js';
export type { PillFigure } from './pill/pill-figures.js';
export { type RowAlign, VirtualList } from './virtual-list/virtual-list.js';
export { defineVirtualList, type VirtualListElement } from './virtual-list/virtual-list-element.js';
export type { RenderRow, VirtualListConfig, VirtualListOptions } from './virtual-list/virtual-list-options.js';
