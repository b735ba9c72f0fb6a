/** The list's own style. Rows are the page's: they are children of the host, and the page's style sheets reach them. */
export const VIRTUAL_LIST_STYLE = `
:host { display: block; overflow: auto; contain: strict; overflow-anchor: none; }
:host([hidden]) { display: none; }
.space { position: relative; overflow: clip; min-width: 100%; }
::slotted([role]) {
  position: absolute; top: 0; left: 0; min-width: 100%; box-sizing: border-box; contain: layout style;
}
:host(:not([measured])) ::slotted([role]) { height: var(--poise-row-height); overflow: clip; contain: layout style paint; }
`;
