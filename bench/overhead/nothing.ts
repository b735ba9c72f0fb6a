export { evaluationBegan } from './evaluation.js';

/** The page as it is. */
export const start = (): void => undefined;
