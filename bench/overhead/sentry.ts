export { evaluationBegan } from './evaluation.js';

import { sentry } from '../network/sentry.js';

/** Errors, and tracing, which brings web vitals, long animation frames and requests; no session replay. */
export const start = (): void => void sentry();
