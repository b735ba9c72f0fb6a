import type { Page } from 'playwright';

/** As a fast typist does. After each, Chromium holds messages back until the next frame, so more would measure just that. */
const PERIOD_MS = 200;

/** Presses keys and clicks in a page through the browser's own input pipeline. */
export class InputDriver {
  readonly #page: Page;
  #running: Promise<void> | undefined;
  #stopped = true;

  constructor(page: Page) {
    this.#page = page;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    // The rejection is kept for stop(): a page that was closed meanwhile takes no input.
    this.#running = this.#drive();
    this.#running.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    this.#running = undefined;
  }

  async #drive(): Promise<void> {
    for (let turn = 0; !this.#stopped; turn++) {
      await (turn % 2 === 0 ? this.#page.keyboard.press('a') : this.#page.mouse.click(5, 5));
      // Jitter, so that input arrives at every phase of the frame.
      await new Promise((resolve) => setTimeout(resolve, PERIOD_MS * (0.75 + Math.random() / 2)));
    }
  }
}
