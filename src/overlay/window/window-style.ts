import { UPLOT_STYLE } from '../charts/uplot-style.js';

const DARK = `
  --surface: #171c22; --raised: #1f262e; --line: #2b333d; --line-strong: #424d5a;
  --text: #e8ecf1; --muted: #a0abb8; --accent: #8cabff; --accent-soft: #26345a; --on-accent: #0d1014;
  --second: #5fd0a5; --second-soft: #1d3f35; --good: #5fd0a5; --warning: #f0b757; --bad: #ff8d86;
  --good-soft: #1b3a31; --warning-soft: #40331a; --bad-soft: #46252a; --shadow: 0 12px 40px rgb(0 0 0 / 55%);
`;

/** Plain colours, not light-dark(): charts read them into a canvas. */
const COLOURS = `
:host {
  --surface: #ffffff; --raised: #f5f6f8; --line: #e2e5e9; --line-strong: #bfc6cf;
  --text: #15191e; --muted: #59636f; --accent: #2f5bea; --accent-soft: #e6ecfd; --on-accent: #ffffff;
  --second: #0b7a55; --second-soft: #d8f0e6; --good: #0b7a55; --warning: #8a5600; --bad: #bd1e27;
  --good-soft: #e0f4ec; --warning-soft: #fdf0d9; --bad-soft: #fde7e8; --shadow: 0 12px 40px rgb(15 23 42 / 22%);
}
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${DARK} } }
:host([theme="dark"]) { ${DARK} }
`;

/** Where the window floats and can be moved; on narrower pages it is a sheet at the bottom. */
export const WIDE = '(width >= 620px)';

/** The opened overlay's style sheet. */
export const WINDOW_STYLE: string = `
/* Important: else a page's \`* { all: unset }\` would win over what the host says of itself. */
:host {
  all: initial !important;
  direction: ltr !important;
  position: fixed !important;
  z-index: 2147483647 !important;
  display: block !important;
  contain: layout style paint !important;
  inset: auto max(16px, env(safe-area-inset-right)) 16px auto !important;
  width: min(780px, calc(100vw - 32px)) !important;
  height: min(540px, calc(100dvh - 32px)) !important;
  border-radius: 12px !important;
  box-shadow: var(--shadow) !important;
}
:host([data-size="large"]) {
  width: calc(100vw - 32px) !important;
  height: calc(100dvh - 32px) !important;
}
:host([hidden]) { display: none !important; }
${COLOURS}
*, *::before, *::after { box-sizing: border-box; }
.window {
  display: grid;
  grid-template: auto auto minmax(0, 1fr) auto / 154px minmax(0, 1fr);
  width: 100%;
  height: 100%;
  overflow: hidden;
  color: var(--text);
  background: var(--surface);
  border: 1px solid var(--line-strong);
  border-radius: 12px;
  font: 400 13px/20px ui-sans-serif, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
h2, h3, p, dl, dd, ul, ol { margin: 0; padding: 0; }
.head {
  grid-column: 1 / -1;
  display: flex;
  align-items: center;
  gap: 8px;
  padding: 8px 8px 8px 16px;
  border-bottom: 1px solid var(--line);
}
.head { cursor: grab; touch-action: none; user-select: none; -webkit-user-select: none; }
.head.dragging { cursor: grabbing; }
.head h2 { flex: 1; font-size: 13px; font-weight: 650; letter-spacing: -0.01em; }
.icon {
  display: grid;
  place-items: center;
  width: 28px;
  height: 28px;
  padding: 0;
  border: 0;
  border-radius: 6px;
  color: var(--muted);
  background: none;
  cursor: pointer;
}
.icon[data-recording="true"] { color: var(--bad); }
label.icon:focus-within { outline: 2px solid var(--accent); outline-offset: 1px; }
.recorded { color: var(--bad); font-size: 12px; }
.playback {
  grid-row: 2;
  grid-column: 1 / -1;
  display: flex;
  align-items: center;
  gap: 12px;
  padding: 6px 16px;
  background: var(--raised);
  border-bottom: 1px solid var(--line);
  font-size: 12px;
}
.playback input { flex: 1; min-width: 80px; accent-color: var(--accent); }
.icon:hover { color: var(--text); background: var(--raised); }
.icon svg { width: 16px; height: 16px; fill: none; stroke: currentcolor; stroke-width: 1.5; stroke-linecap: round; }
.tabs {
  grid-row: 3;
  display: flex;
  flex-direction: column;
  gap: 1px;
  padding: 8px;
  overflow: hidden auto;
  background: var(--raised);
  border-inline-end: 1px solid var(--line);
}
.tabs button {
  flex: none;
  padding: 5px 10px;
  border: 0;
  border-radius: 6px;
  color: var(--muted);
  background: none;
  font: inherit;
  text-align: start;
  white-space: nowrap;
  cursor: pointer;
}
.tabs button:hover { color: var(--text); }
.tabs button[aria-selected="true"] { color: var(--on-accent); background: var(--accent); }
.tabs button:focus-visible { outline-offset: -1px; }
.panel { grid-row: 3; min-width: 0; padding: 16px; overflow: auto; overscroll-behavior: contain; }
.panel > * + * { margin-top: 16px; }
.foot {
  grid-row: -2;
  grid-column: 1 / -1;
  display: flex;
  gap: 16px;
  min-height: 28px;
  padding: 4px 16px;
  color: var(--muted);
  font-size: 11px;
  border-top: 1px solid var(--line);
  white-space: nowrap;
  overflow: hidden;
}
/* Text that moves counts as a layout shift of the page: what changes its length stands first, in a text of its own. */
.cost { min-width: 190px; }
h3, caption { font-size: 12px; font-weight: 600; text-align: start; padding: 0 0 6px; }
.quiet { color: var(--muted); }
.lead { font-size: 15px; line-height: 22px; font-weight: 600; }
.stats { display: grid; grid-template-columns: repeat(auto-fill, minmax(124px, 1fr)); gap: 8px; }
.stats[data-threes] { grid-template-columns: repeat(auto-fill, minmax(max(104px, 24%), 1fr)); }
.stat { padding: 8px 12px; border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
.stat dt { color: var(--muted); font-size: 11px; line-height: 16px; }
.stat dd { font-size: 17px; line-height: 24px; font-weight: 600; letter-spacing: -0.01em; }
.stat .note { color: var(--muted); font-size: 11px; line-height: 16px; font-weight: 400; letter-spacing: 0; }
.stat[data-tone="good"] dd:not(.note) { color: var(--good); }
.stat[data-tone="warning"] dd:not(.note) { color: var(--warning); }
.stat[data-tone="bad"] dd:not(.note) { color: var(--bad); }
.bar-row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
.bar-row .grow { flex: 1; }
.action, select {
  height: 28px;
  padding: 0 10px;
  border: 1px solid var(--line-strong);
  border-radius: 6px;
  color: inherit;
  background: var(--surface);
  font: inherit;
  font-size: 12px;
}
.action { cursor: pointer; font-weight: 500; white-space: nowrap; }
.action:hover, select:hover { background: var(--raised); }
.action:disabled { color: var(--muted); cursor: default; }
.scroll { overflow-x: auto; border-radius: 4px; }
table { width: 100%; border-collapse: collapse; font-size: 12px; line-height: 18px; }
th { color: var(--muted); font-weight: 400; text-align: start; white-space: nowrap; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
th:first-child, td:first-child { white-space: nowrap; }
td:first-child code { white-space: normal; overflow-wrap: break-word; }
th:last-child, td:last-child { padding-inline-end: 0; }
td { overflow-wrap: anywhere; }
.number { text-align: end; white-space: nowrap; }
code { font: 11.5px/18px ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.chart { width: 100%; min-height: 144px; }
.missing { padding: 32px 16px; color: var(--muted); text-align: center; }
.missing h3 { color: var(--text); text-align: center; font-size: 13px; }
.finding { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; padding: 10px 14px; border: 1px solid var(--line); border-inline-start-width: 3px; border-radius: 6px; }
.finding + .finding { margin-top: 8px; }
.finding > * { grid-column: 1; overflow-wrap: anywhere; }
.finding .action { grid-column: 2; grid-row: 1 / span 3; align-self: center; }
.finding strong { font-weight: 600; }
.finding[data-tone="bad"] { border-inline-start-color: var(--bad); }
.finding[data-tone="warning"] { border-inline-start-color: var(--warning); }
.finding[data-tone="good"] { border-inline-start-color: var(--good); }
.finding .blame { color: var(--muted); }
.tag { display: inline-block; padding: 0 6px; border-radius: 4px; background: var(--raised); font-size: 11px; line-height: 18px; white-space: nowrap; }
.tag[data-tone="bad"] { color: var(--bad); background: var(--bad-soft); }
.tag[data-tone="warning"] { color: var(--warning); background: var(--warning-soft); }
.tag[data-tone="good"] { color: var(--good); background: var(--good-soft); }
.panel:has(> .records) { display: flex; flex-direction: column; }
.panel:has(> .records) > * { flex: none; }
.panel > .records { flex: 1 0 168px; border: 1px solid var(--line); border-radius: 8px; font-size: 12px; }
.records [role] { width: 100%; padding: 0 12px; line-height: 24px; white-space: nowrap; cursor: pointer; }
.records [role]:nth-child(n):hover { background: var(--raised); }
.records [aria-selected] { background: var(--accent-soft); }
.records code { line-height: 24px; overflow: hidden; text-overflow: ellipsis; overflow-wrap: normal; white-space: pre; }
.entry { display: block; }
.request { display: grid; grid-template-columns: 56px 52px minmax(64px, 1fr) auto 56px 56px; gap: 8px; }
.request > :nth-child(2) { overflow: hidden; text-overflow: ellipsis; }
.chosen { position: relative; }
.chosen pre {
  margin: 0; padding: 10px 80px 10px 12px; max-height: 180px; overflow: auto;
  font: 11.5px/17px ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; background: var(--raised); border-radius: 8px;
}
.chosen .action { position: absolute; top: 8px; right: 8px; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media not all and ${WIDE} {
  :host { inset: auto 0 0 0 !important; width: 100vw !important; height: min(72dvh, 560px) !important; border-radius: 12px 12px 0 0 !important; }
  .window { grid-template: auto auto auto minmax(0, 1fr) auto / minmax(0, 1fr); border-radius: 12px 12px 0 0; }
  .tabs { flex-direction: row; overflow: auto hidden; border: 0; border-bottom: 1px solid var(--line); padding: 6px 8px; }
  .panel { grid-row: 4; padding: 12px; }
  .finding .action { grid-column: 1; grid-row: auto; justify-self: start; margin-top: 4px; }
  .request { grid-template-columns: 40px minmax(64px, 1fr) auto 52px; }
  .request > :nth-child(1), .request > :nth-child(6) { display: none; }
}
@media (forced-colors: active) {
  .tabs button[aria-selected="true"] { color: HighlightText; background: Highlight; forced-color-adjust: none; }
}
@media print { :host { display: none !important; } }
${UPLOT_STYLE}
`;
