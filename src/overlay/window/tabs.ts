import { html, type TemplateResult } from 'lit';
import type { Panel } from '../panels/panel.js';

/** Which tab a key goes to; `undefined` for keys that are none of theirs. */
function tabFor(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowUp':
    case 'ArrowLeft':
      return (at + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** The panels' names as a tab list: one stop for Tab, arrows go from one to the next (ARIA practices, tabs). */
export function tabList(panels: readonly Panel[], current: string, show: (panel: string) => void): TemplateResult {
  const onKey = (event: KeyboardEvent) => {
    const list = event.currentTarget;
    const to = tabFor(
      event.key,
      panels.findIndex(({ id }) => id === current),
      panels.length,
    );
    const panel = to === undefined ? undefined : panels[to];
    if (!panel || !(list instanceof HTMLElement)) return;
    event.preventDefault();
    show(panel.id);
    const button = list.querySelector(`#tab-${panel.id}`);
    if (button instanceof HTMLElement) button.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label="Panels" aria-orientation="vertical" @keydown=${onKey}>
    ${panels.map(
      ({ id, title }) =>
        html`<button
          type="button"
          role="tab"
          id="tab-${id}"
          aria-controls="panel"
          aria-selected=${id === current}
          tabindex=${id === current ? 0 : -1}
          @click=${() => show(id)}
        >
          ${title}
        </button>`,
    )}
  </div>`;
}

/** Scrolls the tab list, and nothing else, until the current tab can be seen. */
export function revealTab(root: ParentNode): void {
  const tab = root.querySelector('[role="tab"][aria-selected="true"]');
  const list = tab?.parentElement;
  if (!tab || !list) return;
  const [inner, outer] = [tab.getBoundingClientRect(), list.getBoundingClientRect()];
  list.scrollBy(
    Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right),
    Math.min(0, inner.top - outer.top) + Math.max(0, inner.bottom - outer.bottom),
  );
}
