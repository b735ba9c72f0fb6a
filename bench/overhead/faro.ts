export { evaluationBegan } from './evaluation.js';

import { faro } from '../network/faro.js';

/** With its web instrumentations: errors, web vitals, sessions, views, performance, user actions. */
export const start = (): void => void faro();
