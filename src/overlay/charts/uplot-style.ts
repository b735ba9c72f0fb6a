/** What uPlot needs of its own style sheet (uplot 1.6, MIT), for a chart with a plain legend. */
export const UPLOT_STYLE = `
.uplot, .uplot *, .uplot *::before, .uplot *::after { box-sizing: border-box; }
.uplot { width: min-content; }
.u-wrap { position: relative; user-select: none; -webkit-user-select: none; }
.u-over, .u-under { position: absolute; }
.u-under { overflow: hidden; }
.uplot canvas { display: block; position: relative; width: 100%; height: 100%; }
.u-axis { position: absolute; }
.u-legend { margin: 2px 0 0 52px; font-size: 11px; border-collapse: collapse; }
.u-legend, .u-legend tbody { display: flex; flex-wrap: wrap; }
.u-legend tr { margin-inline-end: 14px; }
.u-legend th { display: flex; align-items: center; font-weight: 400; color: var(--muted); padding: 0; border: 0; }
.u-legend td { display: none; }
.u-legend .u-marker { width: 10px; height: 10px; margin-inline-end: 5px; border-radius: 2px; background-clip: padding-box; }
.u-select { position: absolute; pointer-events: none; }
.u-off { display: none; }
`;
