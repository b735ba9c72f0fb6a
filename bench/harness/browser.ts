import { type Browser, chromium } from 'playwright';
import { findBrowsers } from '../../tools/browsers.mjs';

/** Launches the first Chromium found, without what would run beside a measurement. */
export async function launchBrowser(): Promise<Browser> {
  const { chromium: executablePath } = await findBrowsers();
  if (!executablePath) throw new Error('No Chromium found: run "npx playwright install chromium", or set CHROME_PATH.');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...asRoot,
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--js-flags=--expose-gc',
      '--enable-precise-memory-info',
      // measureUserAgentSpecificMemory answers at once instead of at the next garbage collection.
      '--enable-blink-features=ForceEagerMeasureMemory',
    ],
  });
}
