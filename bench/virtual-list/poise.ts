import { disposeSymbol } from '../../src/core/disposer.js';
import { VirtualList } from '../../src/overlay/virtual-list/virtual-list.js';
import { nextFrame, type OpenedList, ROW_PX, textOf } from './list.js';

export async function poise(box: HTMLElement, count: number): Promise<OpenedList> {
  box.style.overflow = 'auto';
  const list = new VirtualList(box, {
    rowCount: count,
    rowHeight: ROW_PX,
    renderRow: (row, index) => {
      row.textContent = textOf(index);
    },
  });
  await nextFrame();
  return { scroller: box, close: () => list[disposeSymbol]() };
}
