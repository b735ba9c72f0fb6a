import { playwright } from '@vitest/browser-playwright';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import type { BrowserProviderOption } from 'vitest/node';
import type { Browsers } from '../../tools/browsers.mjs';
import { browserCommands } from './commands.js';
import { httpCommands } from './http-server.js';
import { readmePlugin } from './readme-blocks.js';
import { socketCommands } from './socket-server.js';
import { webkit } from './webkit-provider.js';

/** What runs in Node instead of a browser: the package itself, and the server side of the demo. */
export const NODE_TESTS: readonly string[] = ['test/node/**/*.test.ts', 'test/demo/*.test.ts'];

/** Plain code that asks nothing of a browser: what holds in one engine's JavaScript holds in the others. Run in Chromium. */
const PLAIN_TESTS: readonly string[] = [
  'test/cache/{cache,cache-given-back,cache-manager,cached,cached-types,ghost-ring,take-over}.test.ts',
  'test/cache/policies.property.test.ts',
  'test/demo/{model,view}/**/*.test.ts',
  'test/memory/{leaks,manager}/**/*.test.ts',
  'test/monitor/{alerts,score}/**/*.test.ts',
  'test/monitor/manager/recommendations.test.ts',
  'test/overlay/virtual-list/{row-heights,scroll-space}.test.ts',
  'test/resources/sweep.test.ts',
  'test/throttle/update-throttler.property.test.ts',
];

/** What a page needs to be cross-origin isolated: exact clocks, SharedArrayBuffer, memory measurement. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const CHROMIUM_ARGS = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-precise-memory-info',
  '--js-flags=--expose-gc',
  // measureUserAgentSpecificMemory answers at once instead of at the next garbage collection.
  '--enable-blink-features=ForceEagerMeasureMemory',
];

/** Found in the middle of a run otherwise, which reloads the page under the tests. */
const FOUND_EARLY = [
  'comlink',
  'idb',
  'lit',
  'uplot',
  'web-vitals/attribution',
  'axe-core',
  'fast-check',
  'axios',
  'ky',
  'react',
  'react-dom/client',
  'react-dom/server',
];

/** The tests of one engine. Each keeps a cache of its own, so that engines can run side by side. */
function project(name: keyof Browsers, provider: BrowserProviderOption): TestProjectInlineConfiguration {
  return {
    cacheDir: `node_modules/.vite/${name}`,
    plugins: [readmePlugin],
    server: { headers: ISOLATION },
    optimizeDeps: { include: [...FOUND_EARLY] },
    test: {
      name,
      include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
      exclude: [...NODE_TESTS, ...(name === 'chromium' ? [] : PLAIN_TESTS)],
      setupFiles: ['test/support/leftovers.setup.ts'],
      // On a busy machine the first load of a panel takes longer than the second that is the default.
      expect: { poll: { timeout: 5_000 } },
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        viewport: { width: 1000, height: 600 },
        provider,
        commands: { ...browserCommands, ...socketCommands, ...httpCommands },
        instances: [{ browser: name }],
      },
    },
  };
}

/** A project for each engine that is installed. */
export function browserProjects({
  chromium,
  firefox,
  webkit: webkitPaths,
}: Browsers): TestProjectInlineConfiguration[] {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const projects: TestProjectInlineConfiguration[] = [];
  if (chromium) {
    const launchOptions = { executablePath: chromium, args: [...asRoot, ...CHROMIUM_ARGS] };
    projects.push(project('chromium', playwright({ launchOptions })));
  }
  if (firefox) {
    // The installed Firefox, driven over WebDriver BiDi.
    const launchOptions = { executablePath: firefox, channel: 'moz-firefox' };
    projects.push(project('firefox', playwright({ launchOptions })));
  }
  if (webkitPaths) projects.push(project('webkit', webkit(webkitPaths)));
  return projects;
}
