import { commands } from 'vitest/browser';

/** Clicks the middle of an element with the real mouse: the events are trusted, in every engine. */
export async function click(element: Element): Promise<void> {
  const box = element.getBoundingClientRect();
  // Tests run in a frame, which may be scaled down, of the page that the browser is told to click in.
  const frame = window.frameElement?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
  const scale = frame.width / innerWidth;
  const x = frame.x + (box.x + box.width / 2) * scale;
  const y = frame.y + (box.y + box.height / 2) * scale;
  await commands.mouseClick(x, y);
}

/** Presses a key by its DOM name ('a', 'Enter', 'ArrowDown') on the real keyboard; it goes to what has the focus. */
export async function press(key: string): Promise<void> {
  await commands.pressKey(key);
}
