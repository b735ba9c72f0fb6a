import type { Panel } from './panel.js';

/** The tabs, in their order. A new panel is a file in this folder and a line here. */
export const PANELS: readonly Panel[] = [
  { id: 'overview', title: 'Overview', load: async () => (await import('./overview.js')).createOverview },
  { id: 'frames', title: 'Frames', load: async () => (await import('./frames.js')).createFrames },
  { id: 'updates', title: 'Updates', load: async () => (await import('./updates.js')).createUpdates },
  { id: 'resources', title: 'Resources', load: async () => (await import('./resources.js')).createResources },
];
