import type { Browser, Page } from 'playwright';

/** A page that is open, what it has loaded, and what went wrong in it. */
export interface Visit {
  readonly page: Page;
  /** Where its workers came from. */
  readonly workers: readonly string[];
  readonly problems: readonly string[];
  /** The text of all scripts so far, the workers' own included. */
  code(): Promise<string>;
}

export async function visit(browser: Browser, url: string): Promise<Visit> {
  const page = await browser.newPage();
  const workers: string[] = [];
  const problems: string[] = [];
  const scripts: Promise<string>[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico')) problems.push(message.text());
  });
  page.on('response', (response) => {
    if (response.headers()['content-type']?.includes('javascript')) scripts.push(response.text().catch(() => ''));
  });
  await page.goto(url);
  return { page, workers, problems, code: async () => (await Promise.all(scripts)).join('\n') };
}

/** Calls the page's `runApp()`. */
export async function runApp({ page }: Visit): Promise<unknown> {
  await page.waitForFunction(() => 'runApp' in window);
  return page.evaluate(() => Reflect.get(window, 'runApp')());
}
