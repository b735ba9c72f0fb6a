import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exportsOf, reportOf, subpaths } from '../../tools/api-report.mjs';

test.each(subpaths())('the public surface of poise/$name is as api/ has it (npm run api)', (subpath) => {
  expect(reportOf(subpath)).toBe(readFileSync(subpath.report, 'utf8'));
});

test.each(subpaths())('what poise/$name declares is what it exports', async ({ name, types }) => {
  const declared = [...exportsOf(types).values()].filter(({ isValue }) => isValue).map((entry) => entry.name);
  expect(declared.toSorted()).toEqual(Object.keys(await import(`poise/${name}`)).toSorted());
});

test('every report is of a subpath that is there', () => {
  const reports = readdirSync('api').map((file) => `api/${file}`);
  expect(reports.toSorted()).toEqual(
    subpaths()
      .map(({ report }) => report)
      .toSorted(),
  );
});

test('the main entry is all rooms together', async () => {
  const names = subpaths().filter(({ name }) => !['react', 'vite'].includes(name));
  const rooms = await Promise.all(names.map(({ name }) => import(`poise/${name}`)));
  const all = new Set(rooms.flatMap((room) => Object.keys(room)));
  expect(Object.keys(await import('poise')).toSorted()).toEqual([...all].toSorted());
});
