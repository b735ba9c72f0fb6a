import { commands } from 'vitest/browser';

/**
 * Hides the page of the tests as a minimised window does (in Firefox, as a tab behind another one), and waits
 * until it knows. Chromium and WebKit then draw no frames. Show it again before the test ends.
 */
export const hidePage = (): Promise<void> => setVisibility('hidden');

/** Shows the page again and waits until it knows. */
export const showPage = (): Promise<void> => setVisibility('visible');

async function setVisibility(state: 'hidden' | 'visible'): Promise<void> {
  if (document.visibilityState === state) return;
  const changed = new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
  await commands.setPageVisibility(state);
  await changed;
}
