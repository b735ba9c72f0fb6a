import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { browserProjects, NODE_TESTS } from './test/support/engines.js';
import { findBrowsers } from './tools/browsers.mjs';

const { exports, dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** One entry per room that package.json exports: './throttle' is src/throttle/index.ts. */
const entries = Object.keys(exports)
  .filter((subpath) => !subpath.endsWith('.json') && subpath !== './worker')
  .map((subpath) => [`${subpath}/index`.slice(2), `src/${subpath}/index.ts`]);

const WORKER = ['workers/poise.worker', 'src/workers/poise.worker.ts'];

/**
 * poise's own worker is a file of its own, and `new Worker(new URL('./poise.worker.js', import.meta.url))` stands in dist
 * as every bundler looks for it; Vite would make an asset of it.
 */
const workerFile: Plugin = {
  name: 'worker-file',
  enforce: 'pre',
  apply: 'build',
  transform: {
    filter: { id: /src\/workers\/poise-pool\.ts$/ },
    handler: (code) => ({
      code: code.replace(/new URL\('\.\/poise\.worker\.ts', import\.meta\.url\)/, '__POISE_WORKER__'),
      map: null,
    }),
  },
  renderChunk: (code) =>
    code.includes('__POISE_WORKER__')
      ? { code: code.replace('__POISE_WORKER__', "new URL('./poise.worker.js', import.meta.url)"), map: null }
      : null,
};

const external = Object.keys({ ...dependencies, ...peerDependencies }).map((name) => new RegExp(`^${name}(/|$)`));

export default defineConfig({
  plugins: [workerFile],
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: { entry: Object.fromEntries([...entries, WORKER]), formats: ['es'] },
    rolldownOptions: {
      external,
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
  test: {
    projects: [
      ...browserProjects(await findBrowsers()),
      // A Node of its own for each test takes its time on a busy machine.
      {
        test: {
          name: 'node',
          include: [...NODE_TESTS],
          globalSetup: 'test/node/build.setup.ts',
          testTimeout: 30_000,
          expect: { poll: { timeout: 10_000 } },
          // After those in the engines, which take all of a small machine; most of the time of these is waiting.
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
        },
      },
    ],
  },
});
