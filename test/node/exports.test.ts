import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { files, specifiers } from './package.js';

// Node 20 has no globSync.
const rooms = readdirSync('src').filter((name) => existsSync(`src/${name}/index.ts`));

test('every file that package.json exports is built', () => {
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});

test('every room has a subpath, and every subpath a room', () => {
  expect(specifiers.toSorted()).toEqual(
    ['poise', ...[...rooms, 'monitor/everything'].map((room) => `poise/${room}`)].toSorted(),
  );
});

test('the index files only re-export', () => {
  const isReExport = /^export (?:type )?(?:\*|\{[^}]*\}) from '\.[^']*';/gm;
  for (const file of ['src/index.ts', ...rooms.map((room) => `src/${room}/index.ts`)]) {
    expect(readFileSync(file, 'utf8').replace(isReExport, '').trim(), file).toBe('');
  }
});
