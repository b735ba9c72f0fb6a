import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test } from 'vitest';

/** The files of an app that imports the monitor: those that are there at once, and those that are loaded when asked for. */
async function filesOf(specifier: string) {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === '\0entry' ? id : id === specifier ? fileURLToPath(import.meta.resolve(id)) : null),
        load: (id) => (id === '\0entry' ? `export { PerformanceMonitor } from '${specifier}';` : null),
      },
    ],
    build: { write: false, minify: true, rolldownOptions: { input: '\0entry', preserveEntrySignatures: 'strict' } },
  });
  if (!('output' in result)) throw new Error('vite gave no bundle');
  const chunks = result.output.filter((part) => part.type === 'chunk');
  const nameOf = (id: string) => id.slice(id.lastIndexOf('/') + 1, -'.js'.length);
  const modulesOf = (which: (chunk: (typeof chunks)[number]) => boolean) =>
    chunks.filter(which).flatMap(({ moduleIds }) => moduleIds.map(nameOf));
  const entry = modulesOf(({ isEntry }) => isEntry);
  const parts = modulesOf(() => true).filter((name) => /-part$|^network-signal$/.test(name));
  const statically = chunks.filter(({ isEntry }) => isEntry).flatMap(({ imports }) => imports);
  return { parts, inEntry: parts.filter((name) => entry.includes(name)), statically };
}

const PARTS = [
  'leaks-part',
  'logs-part',
  'memory-part',
  'network-signal',
  'operations-part',
  'resources-part',
  'throttling-part',
];

test('each part of the monitor is a file of its own, loaded when it is started', async () => {
  const { parts, inEntry } = await filesOf('poise/monitor');
  expect(parts.toSorted()).toEqual(PARTS);
  expect(inEntry).toEqual([]);
});

test('the monitor of everything is one file', async () => {
  const { inEntry, statically } = await filesOf('poise/monitor/everything');
  expect(inEntry.toSorted()).toEqual(PARTS);
  // What the worker pool needs as well, which is loaded by whoever compresses.
  expect(statically.length).toBeLessThan(5);
});
