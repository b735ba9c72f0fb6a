import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { findBrowsers } from '../../tools/browsers.mjs';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
};

export async function launchChromium(): Promise<Browser> {
  const { chromium: executablePath } = await findBrowsers();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
}

/** Serves a folder's files, and nothing else, on this machine only. */
export async function serveFolder(folder: string): Promise<{ origin: string; server: Server }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    readFile(join(folder, pathname)).then(
      (body) => {
        response.setHeader('content-type', TYPES[extname(pathname)] ?? 'application/octet-stream');
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the server has no address');
  return { origin: `http://127.0.0.1:${address.port}`, server };
}

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
