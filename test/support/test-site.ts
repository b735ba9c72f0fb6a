import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { findBrowsers } from '../../tools/browsers.mjs';

declare global {
  /** Imports a module in the page: a plain `import()` in a function that Vitest has transformed would not work there. */
  var load: <Module>(path: string) => Promise<Module>;
}

/** A page of its own for tests that need the browser itself in hand: tabs, crashes, traces. Run in Node. */
export interface TestSite {
  /** An empty page; `load('/src/throttle/index.ts')` works in it. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves the sources on a free port of loopback. */
export async function openTestSite(): Promise<TestSite> {
  const server = await createServer({
    configFile: false,
    cacheDir: 'node_modules/.vite/test-site',
    logLevel: 'error',
    // Found in the middle of a test otherwise, which reloads the page.
    optimizeDeps: { include: ['rxjs', 'idb', 'comlink', 'web-vitals/attribution'], noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    appType: 'custom',
    plugins: [
      {
        name: 'blank-page',
        configureServer: ({ middlewares }) => {
          middlewares.use('/blank.html', (_request, response) => {
            response.setHeader('Content-Type', 'text/html');
            response.end(
              '<!doctype html><title>poise</title><script>globalThis.load = (path) => import(path)</script>',
            );
          });
        },
      },
    ],
  });
  await server.listen();
  const [origin] = server.resolvedUrls?.local ?? [];
  if (!origin) throw new Error('the test site has no address');
  return { url: `${origin}blank.html`, close: () => server.close() };
}

/** The installed Chromium. @throws when there is none: `npm test` installs it before it runs these. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const { chromium: executablePath } = await findBrowsers();
  if (!executablePath) throw new Error('no Chromium found');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launch({ executablePath, args: [...asRoot, ...args] });
}

/** Kills a page's renderer; what it was doing ends at once. */
export async function crash(context: BrowserContext, page: Page): Promise<void> {
  const protocol = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Its promise does not settle: nobody is there to answer.
  protocol.send('Page.crash').catch(() => undefined);
  await crashed;
}
