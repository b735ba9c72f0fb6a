import type { CaseResult } from './results.js';

/** One case as text: a row for each variant, a column for each metric, and poise's ratio to the best peer below. */
export function caseTable(results: readonly CaseResult[]): string {
  const variants = Object.keys(results[0]?.variants ?? {});
  const rows = [
    ['', ...results.map(({ metric, unit }) => `${metric} (${unit})`)],
    ...variants.map((variant) => [variant, ...results.map((result) => cell(result, variant))]),
    ['poise / best peer', ...results.map(ratioToBestPeer)],
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row.map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
}

function cell(result: CaseResult, variant: string): string {
  const spread = result.variants[variant];
  return spread ? `${spread.median} [${spread.min}–${spread.max}]` : '';
}

function ratioToBestPeer({ variants, better }: CaseResult): string {
  const peers = Object.entries(variants)
    .filter(([name]) => !name.startsWith('poise'))
    .map(([, { poiseTimes }]) => poiseTimes)
    .filter((times) => !Number.isNaN(times));
  const ratio = better === 'lower' ? Math.max(...peers) : Math.min(...peers);
  return Number.isFinite(ratio) ? ratio.toFixed(2) : '–';
}
