/** Whether this engine can be made to collect garbage (Chromium, started with --expose-gc). */
export const canCollect = typeof gc === 'function';

/** A full collection from a task of its own, so that nothing on the stack keeps anything alive, and time for finalisers. */
export async function collectGarbage(): Promise<void> {
  if (typeof gc !== 'function') throw new Error('the engine cannot be made to collect');
  await gc({ type: 'major', execution: 'async' });
  await new Promise((resolve) => setTimeout(resolve, 30));
}
