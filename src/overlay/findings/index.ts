export { findAll } from './find.js';
export type { Finding, FindingRule } from './finding.js';
