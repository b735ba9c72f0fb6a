import type { Disposer } from '../../core/disposer.js';
import type { VirtualListOptions } from './virtual-list-options.js';
import { VIRTUAL_LIST_STYLE } from './virtual-list-style.js';

const ROW_HEIGHT = '--poise-row-height';

/**
 * Makes the host a list to browsers and screen readers, with a shadow root that shows its rows, until `disposer` ends. A
 * shadow root can't be taken away again: it is left with nothing but a slot.
 * @returns the element in it that is as high as all rows together
 */
export function dressHost(
  host: HTMLElement,
  { label, selectable, measured, rowHeight }: VirtualListOptions,
  disposer: Disposer,
): HTMLElement {
  const style = new CSSStyleSheet();
  style.replaceSync(VIRTUAL_LIST_STYLE);
  const space = document.createElement('div');
  const slot = document.createElement('slot');
  space.className = 'space';
  space.append(slot);
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [style];
  root.replaceChildren(space);
  disposer.add(() => {
    root.adoptedStyleSheets = [];
    root.replaceChildren(slot);
  });
  const attributes = {
    role: selectable ? 'listbox' : 'list',
    'aria-label': label,
    'aria-activedescendant': null,
    tabindex: '0',
    measured: measured ? '' : null,
  };
  for (const [name, value] of Object.entries(attributes)) {
    const before = host.getAttribute(name);
    setAttribute(host, name, value);
    disposer.add(() => setAttribute(host, name, before));
  }
  host.style.setProperty(ROW_HEIGHT, `${rowHeight}px`);
  disposer.add(() => host.style.removeProperty(ROW_HEIGHT));
  return space;
}

function setAttribute(host: HTMLElement, name: string, value: string | null): void {
  if (value === null) host.removeAttribute(name);
  else host.setAttribute(name, value);
}
