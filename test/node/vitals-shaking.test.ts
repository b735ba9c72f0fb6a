import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { expect, test } from 'vitest';

/** What an app's bundle holds when it imports one thing of poise/collect. */
async function bundle(name: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) =>
          id === '\0entry' ? id : id === 'poise/collect' ? fileURLToPath(import.meta.resolve('poise/collect')) : null,
        load: (id) => (id === '\0entry' ? `export { ${name} } from 'poise/collect';` : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      rolldownOptions: { input: '\0entry', external: [/^rxjs/, /^web-vitals/], preserveEntrySignatures: 'strict' },
    },
  });
  if (!('output' in result)) throw new Error('vite gave no bundle');
  return result.output.map((part) => (part.type === 'chunk' ? part.code : '')).join('\n');
}

/** A word that only this collector's code holds. */
const MARKS = {
  observeFrames: 'pointermove',
  observeLongFrames: 'blockingDuration',
  observePageLifecycle: 'pagehide',
  observePressure: 'sampleInterval:',
  observeResourceTiming: 'renderBlockingStatus',
  observeSoftNavigations: 'soft-navigation',
  observeStorage: 'quotaBytes',
  observeUncaughtErrors: 'unhandledrejection',
  observeWebVitals: 'web-vitals/attribution',
};

test.each(Object.keys(MARKS))('%s brings none of the other collectors along', async (name) => {
  const code = await bundle(name);
  const found = Object.entries(MARKS).flatMap(([other, mark]) => (code.includes(mark) ? [other] : []));
  expect(found).toEqual([name]);
});
