import { html, nothing, type TemplateResult } from 'lit';
import type { PressureLevel } from '../../core/pressure-level.js';
import type { Severity } from '../../core/severity.js';

/** How a figure is to be taken; colours follow it, and never alone: the note says it too. */
export type Tone = 'neutral' | 'good' | 'warning' | 'bad';

const TONES: Readonly<Record<Severity | PressureLevel, Tone>> = {
  info: 'neutral',
  warning: 'warning',
  error: 'bad',
  critical: 'bad',
  nominal: 'good',
  fair: 'neutral',
  serious: 'warning',
};

/** How a severity or a level of pressure is to be taken. */
export const toneOf = (level: Severity | PressureLevel | undefined): Tone =>
  level === undefined ? 'neutral' : TONES[level];

/** One figure with its name. */
export interface Stat {
  readonly label: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly tone?: Tone | undefined;
}

/** Figures side by side, as many in a row as fit: four, or three where four would leave one alone. */
export function statList(stats: readonly Stat[]): TemplateResult {
  return html`<dl class="stats" ?data-threes=${stats.length % 4 !== 0 && stats.length !== 7}>
    ${stats.map(
      ({ label, value, note, tone = 'neutral' }) => html`<div class="stat" data-tone=${tone}>
        <dt>${label}</dt>
        <dd>${value}</dd>
        ${note ? html`<dd class="note">${note}</dd>` : nothing}
      </div>`,
    )}
  </dl>`;
}

/** One column of a table. */
export interface Column<Row> {
  readonly title: string | TemplateResult;
  readonly cell: (row: Row) => unknown;
  /** Numbers stand on the right. */
  readonly numeric?: boolean;
}

/** A plain table for at most a few dozen rows; says `empty` where there are none. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  empty: string,
): TemplateResult {
  if (rows.length === 0) return html`<section><h3>${caption}</h3><p class="quiet">${empty}</p></section>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(({ title, numeric }) => html`<th scope="col" class=${numeric ? 'number' : ''}>${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr>
            ${columns.map(({ cell, numeric }) => html`<td class=${numeric ? 'number' : ''}>${cell(row)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A button that does something at once. */
export const action = (label: string, run: () => void, title = ''): TemplateResult =>
  html`<button type="button" class="action" title=${title || nothing} @click=${run}>${label}</button>`;

/** Said where a part is not there, with how to switch it on. */
export const missing = (what: string, how: string): TemplateResult =>
  html`<div class="missing">
    <h3>${what}</h3>
    <p>${how}</p>
  </div>`;
