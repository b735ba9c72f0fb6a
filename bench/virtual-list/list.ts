/** A list of a million rows, each its number and some words, in a box that scrolls. */
export interface OpenedList {
  /** What scrolls. */
  readonly scroller: HTMLElement;
  close(): void;
}

/** Opens a list of `count` rows in `box`; resolves when the first rows are in the page. */
export type OpenList = (box: HTMLElement, count: number) => Promise<OpenedList>;

export const ROW_PX = 24;
export const textOf = (index: number): string => `${index} GET /api/v1/items/${(index * 7_919) % 100_003} 200`;
export const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
