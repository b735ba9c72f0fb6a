import type { VirtualListOptions } from './virtual-list-options.js';
import { VIRTUAL_LIST_STYLE } from './virtual-list-style.js';

/**
 * Makes the host a list to browsers and screen readers, with a shadow root that shows its rows.
 * @returns the element in it that is as high as all rows together
 */
export function dressHost(
  host: HTMLElement,
  {
    label,
    selectable,
    measured,
    rowHeight,
  }: Pick<VirtualListOptions, 'label' | 'selectable' | 'measured' | 'rowHeight'>,
): HTMLElement {
  const style = new CSSStyleSheet();
  style.replaceSync(VIRTUAL_LIST_STYLE);
  const space = document.createElement('div');
  space.className = 'space';
  space.append(document.createElement('slot'));
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [style];
  root.replaceChildren(space);
  host.setAttribute('role', selectable ? 'listbox' : 'list');
  host.setAttribute('aria-label', label);
  host.tabIndex = 0;
  host.toggleAttribute('measured', measured);
  host.style.setProperty('--poise-row-height', `${rowHeight}px`);
  return space;
}
