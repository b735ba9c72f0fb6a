import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exportsOf, subpaths } from '../../tools/api-report.mjs';
import { optionTables } from '../../tools/option-tables.mjs';
import budgets from '../../tools/size-budgets.json' with { type: 'json' };

const declared = new Map(subpaths().flatMap(({ types }) => [...exportsOf(types)]));

/** Whether 'Name', 'Name.member' or 'Name.method()' is exported. */
function exists(reference: string): boolean {
  const [name = '', member] = reference.replace('()', '').split('.');
  const text = declared.get(name)?.text;
  if (!text || !member) return text !== undefined;
  // A member stands first in its line, behind words that say what it is.
  const escaped = member.replace('$', '\\$');
  if (new RegExp(`^ +(?:readonly |static |get )*${escaped}[?:(<]`, 'm').test(text)) return true;
  const [, base] = /^export declare class \w+ extends (\w+)/m.exec(text) ?? [];
  return base !== undefined && exists(`${base}.${member}`);
}

test('what docs/seed-names.md says of poise is exported', () => {
  const rows = readFileSync('docs/seed-names.md', 'utf8').matchAll(/^\| (.+?) \| (.+?) \|(.*)\|$/gm);
  const references = [...rows]
    .filter(([, there]) => there !== 'there' && there !== '---')
    .map(([row, , here = '']) => ({ row, names: [...here.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name) }));
  expect(references.length).toBeGreaterThan(150);
  expect(references.filter(({ names }) => names.length === 0)).toEqual([]);
  expect(references.flatMap(({ names }) => names).filter((name) => !exists(name))).toEqual([]);
});

test('docs/options.md is what the code has (npm run api)', () => {
  expect(readFileSync('docs/options.md', 'utf8')).toBe(optionTables());
});

const readme = readFileSync('README.md', 'utf8');

test("the README's sizes are the budgets that CI checks", () => {
  const told = [...readme.matchAll(/^\| `(poise[\w/]*)`(, opened)? \| (\d+) \|$/gm)].map(
    ([, name = '', opened = '', size]) => [name + opened, Number(size)] as const,
  );
  expect(told.length).toBeGreaterThan(10);
  expect(Object.fromEntries(told)).toEqual(
    Object.fromEntries(Object.entries(budgets).filter(([name]) => told.some(([one]) => one === name))),
  );
});

test('what the README says that a bundler needs is what its app is built with', () => {
  const rows = [...readme.matchAll(/^\| (esbuild, Rollup|Parcel) \| (.+) \|$/gm)];
  const built = ['build/esbuild.mjs', 'build/rollup.mjs', 'package.json'].map((file) =>
    readFileSync(`test/node/consumers/${file}`, 'utf8').replaceAll(/\s+/g, ' '),
  );
  const snippets = rows.flatMap(([, , needs = '']) => [...needs.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));
  expect(snippets.length).toBe(3);
  expect(snippets.filter((code) => !built.some((text) => text.includes(code)))).toEqual([]);
});
