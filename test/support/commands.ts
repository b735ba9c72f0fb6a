import type { BrowserCommand } from 'vitest/node';
import { setVisibility } from './visibility-command.js';
import { sessionOf } from './webdriver.js';

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

const setPageVisibility: BrowserCommand<[state: 'hidden' | 'visible']> = setVisibility;

export const browserCommands = { mouseClick, pressKey, setPageVisibility };

declare module 'vitest/browser' {
  interface BrowserCommands {
    mouseClick(x: number, y: number): Promise<void>;
    pressKey(key: string): Promise<void>;
    setPageVisibility(state: 'hidden' | 'visible'): Promise<void>;
  }
}
