import type { BrowserCommand, BrowserCommandContext } from 'vitest/node';
import { WebDriverSession } from './webdriver.js';

/** The WebDriver session of a page that Playwright doesn't drive. */
async function sessionOf(context: BrowserCommandContext): Promise<WebDriverSession> {
  const session: unknown = await Reflect.get(context, 'session');
  if (!(session instanceof WebDriverSession)) throw new Error(`${context.provider.name} has no WebDriver session`);
  return session;
}

/** Clicks at a point of the top window. Tests call it through input.ts. */
const mouseClick: BrowserCommand<[x: number, y: number]> = async (context, x, y) => {
  if (context.provider.name === 'playwright') await context.page.mouse.click(x, y);
  else await (await sessionOf(context)).click(x, y);
};

/** Presses a key by its DOM name. */
const pressKey: BrowserCommand<[key: string]> = async (context, key) => {
  if (context.provider.name === 'playwright') await context.page.keyboard.press(key);
  else await (await sessionOf(context)).press(key);
};

export const browserCommands = { mouseClick, pressKey };

declare module 'vitest/browser' {
  interface BrowserCommands {
    mouseClick(x: number, y: number): Promise<void>;
    pressKey(key: string): Promise<void>;
  }
}
