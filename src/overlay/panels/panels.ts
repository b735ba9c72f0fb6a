import type { Panel } from './panel.js';

/** The tabs, in their order. A new panel is a file in this folder and a line here. */
export const PANELS: readonly Panel[] = [
  { id: 'overview', title: 'Overview', load: async () => (await import('./overview.js')).createOverview },
  { id: 'frames', title: 'Frames and vitals', load: async () => (await import('./frames.js')).createFrames },
  { id: 'memory', title: 'Memory', load: async () => (await import('./memory.js')).createMemory },
  { id: 'updates', title: 'Updates', load: async () => (await import('./updates.js')).createUpdates },
  { id: 'network', title: 'Network', load: async () => (await import('./network.js')).createNetwork },
  { id: 'logs', title: 'Logs', load: async () => (await import('./logs.js')).createLogs },
  { id: 'caches', title: 'Caches', load: async () => (await import('./caches.js')).createCaches },
  { id: 'workers', title: 'Workers', load: async () => (await import('./workers.js')).createWorkers },
  { id: 'resources', title: 'Resources', load: async () => (await import('./resources.js')).createResources },
  { id: 'alerts', title: 'Alerts', load: async () => (await import('./alerts.js')).createAlerts },
];
