export { evaluationBegan } from './evaluation.js';

import { datadog } from '../network/datadog.js';

/** Resources, long tasks and user interactions; no session replay. */
export const start = (): void => void datadog();
