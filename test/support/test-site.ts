import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { findBrowsers } from '../../tools/browsers.mjs';
import { serveFolder } from './serve-folder.js';

declare global {
  /** Imports a module in the page: a plain `import()` in a function that Vitest has transformed would not work there. */
  var load: <Module>(path: string) => Promise<Module>;
}

/** A page of its own for tests that need the browser itself in hand: tabs, crashes, traces. Run in Node. */
export interface TestSite {
  /** An empty page; `load('/throttle.js')` works in it. */
  readonly url: string;
  readonly close: () => void;
}

const BLANK = '<!doctype html><title>poise</title><script>globalThis.load = (path) => import(path)</script>';

/** Serves the package as pages without a bundler load it, on a free port of loopback. */
export async function openTestSite(): Promise<TestSite> {
  const folder = fileURLToPath(new URL('../../dist/browser', import.meta.url));
  const { origin, close } = await serveFolder(folder, { '/blank.html': BLANK });
  return { url: `${origin}/blank.html`, close };
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
