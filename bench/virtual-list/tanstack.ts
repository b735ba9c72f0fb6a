import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { nextFrame, type OpenedList, ROW_PX, textOf } from './list.js';

/** @tanstack/virtual-core as its documentation uses it: rows by key, placed by transform, elements kept while in view. */
export async function tanstack(box: HTMLElement, count: number): Promise<OpenedList> {
  box.style.overflow = 'auto';
  const space = document.createElement('div');
  space.style.cssText = 'position: relative; width: 100%';
  box.append(space);
  const rows = new Map<unknown, HTMLElement>();
  const render = () => {
    const items = virtualizer.getVirtualItems();
    space.style.height = `${virtualizer.getTotalSize()}px`;
    const shown = new Set<unknown>(items.map(({ key }) => key));
    for (const [key, row] of rows) {
      if (shown.has(key)) continue;
      row.remove();
      rows.delete(key);
    }
    for (const { key, index, start } of items) {
      let row = rows.get(key);
      if (!row) {
        row = document.createElement('div');
        row.style.cssText = `position: absolute; top: 0; left: 0; width: 100%; height: ${ROW_PX}px`;
        row.textContent = textOf(index);
        rows.set(key, row);
        space.append(row);
      }
      row.style.transform = `translateY(${start}px)`;
    }
  };
  const virtualizer = new Virtualizer({
    count,
    getScrollElement: () => box,
    estimateSize: () => ROW_PX,
    overscan: 4,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: render,
  });
  const unmount = virtualizer._didMount();
  virtualizer._willUpdate();
  render();
  await nextFrame();
  return { scroller: box, close: unmount };
}
