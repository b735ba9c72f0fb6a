import type { VirtualList } from './virtual-list.js';

/** How far a key goes in rows; undefined for keys that are not the list's. */
function rowsFor(key: string, page: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return -count;
    case 'End':
      return count;
    default:
      return undefined;
  }
}

/**
 * Arrow keys, Page Up and Down, Home and End: they move the active row where the list is `selectable`, else the view.
 * Keys with a modifier, and those meant for something inside a row, are left alone.
 */
export function handleKey(event: KeyboardEvent, list: VirtualList, selectable: boolean): void {
  if (event.target !== list.host || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  if (selectable && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault();
    list.activate();
    return;
  }
  const page = Math.max(1, list.rowsInView - 1);
  const by = rowsFor(event.key, page, list.rowCount);
  if (by === undefined || list.rowCount === 0) return;
  event.preventDefault();
  if (selectable) list.activeIndex = list.activeIndex === undefined ? list.firstInView : list.activeIndex + by;
  else list.scrollToRow(list.firstInView + by, 'start');
}
