export { PerformanceMonitor } from './performance-monitor.js';
