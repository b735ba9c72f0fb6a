/**
 * When the evaluation of a tool's code began: each tool imports this before anything else. What comes before, the fetching
 * and parsing of its file, depends on the network and is done off the main thread.
 */
export const evaluationBegan: number = performance.now();
