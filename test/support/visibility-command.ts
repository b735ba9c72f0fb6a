import type { CDPSession, Page } from 'playwright';
import type { BrowserCommandContext } from 'vitest/node';
import { sessionOf, type WebDriverSession } from './webdriver.js';

/** Pages in front of a hidden one; closing them shows it again. */
const covers = new WeakMap<Page, Page>();

/** Really hides or shows the page of the tests, as a user who minimises the window or changes the tab. */
export async function setVisibility(context: BrowserCommandContext, state: 'hidden' | 'visible'): Promise<void> {
  if (context.provider.name !== 'playwright') await setInWebKit(await sessionOf(context), state);
  else if (context.context.browser()?.browserType().name() === 'firefox') await setInFirefox(context.page, state);
  else await setInChromium(context.page, state);
}

/** Minimises the window. Playwright emulates focus, which keeps a page visible whatever happens to its window. */
export async function setInChromium(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const { windowId } = await cdp.send('Browser.getWindowForTarget');
  if (state === 'hidden') await playwrightSession(page).send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const windowState = state === 'hidden' ? 'minimized' : 'normal';
  await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  if (state === 'visible') await playwrightSession(page).send('Emulation.setFocusEmulationEnabled', { enabled: true });
  await cdp.detach();
}

/**
 * The session in which Playwright switched focus emulation on; only there it can be switched off.
 * Playwright has no public way to it (microsoft/playwright#3570), so this depends on the pinned version.
 */
function playwrightSession(page: Page): Pick<CDPSession, 'send'> {
  const connection: unknown = Reflect.get(page, '_connection');
  const session = Object(connection).toImpl?.(page)?.delegate?._mainFrameSession?._client;
  if (!session) throw new Error('Playwright has changed: its session with the page was not found');
  return session;
}

/** Opens a tab in front. */
async function setInFirefox(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await covers.get(page)?.close();
  covers.delete(page);
  if (state === 'visible') return;
  const opened = page.context().waitForEvent('page');
  await page.evaluate(() => void window.open('about:blank'));
  covers.set(page, await opened);
}

async function setInWebKit(session: WebDriverSession, state: 'hidden' | 'visible'): Promise<void> {
  if (state === 'hidden') await session.post('window/minimize');
  else await session.post('window/rect', { x: 0, y: 0, width: 1200, height: 900 });
}
