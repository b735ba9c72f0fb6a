import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { browserProjects, NODE_TESTS } from './test/support/engines.js';
import { findBrowsers } from './tools/browsers.mjs';

const { exports, dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** One entry per subpath that package.json exports: './throttle' is src/throttle/index.ts. */
const entries = Object.keys(exports)
  .filter((subpath) => !subpath.endsWith('.json'))
  .map((subpath) => [`${subpath}/index`.slice(2), `src/${subpath}/index.ts`]);

const external = Object.keys({ ...dependencies, ...peerDependencies }).map((name) => new RegExp(`^${name}(/|$)`));

export default defineConfig({
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    lib: { entry: Object.fromEntries(entries), formats: ['es'] },
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
        },
      },
    ],
  },
});
