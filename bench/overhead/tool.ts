/** A tool that watches a page, once its code is there. Resolves when it has begun. */
export interface Tool {
  /** By the page's clock. */
  readonly evaluationBegan: number;
  start(): void | Promise<void>;
}

/** Loads a tool's code. */
export type LoadTool = () => Promise<Tool>;
