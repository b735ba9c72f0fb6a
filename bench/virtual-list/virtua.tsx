import { createRoot } from 'react-dom/client';
import { VList } from 'virtua';
import { nextFrame, type OpenedList, ROW_PX, textOf } from './list.js';

/** virtua as its documentation uses it for many rows: a function that makes each row, of a known height. */
export async function virtua(box: HTMLElement, count: number): Promise<OpenedList> {
  const root = createRoot(box);
  root.render(
    <VList data={{ length: count }} itemSize={ROW_PX} bufferSize={4 * ROW_PX} style={{ height: '100%' }}>
      {(_: unknown, index: number) => (
        <div key={index} style={{ height: ROW_PX }}>
          {textOf(index)}
        </div>
      )}
    </VList>,
  );
  while (!box.textContent?.includes('GET')) await nextFrame();
  const scroller = box.firstElementChild;
  if (!(scroller instanceof HTMLElement)) throw new Error('virtua made nothing that scrolls');
  return { scroller, close: () => root.unmount() };
}
