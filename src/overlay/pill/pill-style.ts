/** The pill's style sheet; its place stands in a sheet of its own, so that nothing needs inline styles. */
export const PILL_STYLE = `
/* Important: else a page's \`* { all: unset }\` would win over what the host says of itself. */
:host {
  all: initial !important;
  direction: ltr !important;
  color-scheme: light dark !important;
  position: fixed !important;
  z-index: 2147483647 !important;
  max-width: calc(100vw - 16px) !important;
  contain: layout style paint !important;
  display: block !important;
}
:host([hidden]) { display: none !important; }
:host([theme="light"]) { color-scheme: light !important; }
:host([theme="dark"]) { color-scheme: dark !important; }
[part="pill"] {
  display: flex;
  border-radius: 10px;
  color: light-dark(#1b2027, #e7ebf0);
  background: light-dark(#ffffff, #1b2129);
  border: 1px solid light-dark(#cfd5dd, #3a4451);
  font: 500 12px/16px ui-sans-serif, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
  user-select: none;
  -webkit-user-select: none;
  cursor: grab;
  touch-action: none;
  outline-offset: 2px;
}
[part="pill"]:focus-visible { outline: 2px solid light-dark(#2f5bea, #8fb0ff); outline-offset: -2px; }
[part="pill"].dragging { cursor: grabbing; }
.figure {
  display: grid;
  padding: 5px 10px 6px;
  min-width: 60px;
  text-align: end;
}
.figure + .figure { border-inline-start: 1px solid light-dark(#e6e9ee, #2b333d); }
.label { font-size: 11px; line-height: 14px; font-weight: 400; color: light-dark(#5a6370, #9da8b5); white-space: nowrap; }
.value { white-space: nowrap; }
@media (forced-colors: active) { [part="pill"] { border-color: CanvasText; } }
@media print { :host { display: none !important; } }
`;
