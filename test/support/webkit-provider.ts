import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { defineBrowserProvider } from '@vitest/browser';
import type { BrowserProvider, BrowserProviderOption } from 'vitest/node';
import { WebDriverSession } from './webdriver.js';

/** Where the parts of WebKit's GTK port are. */
export interface WebKitPaths {
  readonly driver: string;
  readonly browser: string;
  readonly xvfb: string;
}

/** What Safari ships and the GTK port keeps behind flags. */
const FEATURES = '--features=+StorageAPI,+StorageAPIEstimate,+EventTiming';

/** Runs tests in WebKitGTK's MiniBrowser on a display of its own, over WebDriver. */
export function webkit(paths: WebKitPaths): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'webkit',
    supportedBrowser: ['webkit'],
    providerFactory: () => new WebKitProvider(paths),
  });
}

export class WebKitProvider implements BrowserProvider {
  readonly name = 'webkit';
  readonly supportsParallelism = false;
  readonly #paths: WebKitPaths;
  readonly #processes: ChildProcess[] = [];
  #session: Promise<WebDriverSession> | undefined;

  constructor(paths: WebKitPaths) {
    this.#paths = paths;
    process.once('exit', this.#endProcesses);
  }

  getCommandsContext(): { readonly session: Promise<WebDriverSession> } {
    return { session: this.#open() };
  }

  async openPage(_sessionId: string, url: string): Promise<void> {
    const session = await this.#open();
    await session.post('url', { url });
  }

  async close(): Promise<void> {
    const session = await this.#session?.catch(() => undefined);
    this.#session = undefined;
    await session?.close().catch(() => undefined);
    this.#endProcesses();
    process.off('exit', this.#endProcesses);
  }

  #open(): Promise<WebDriverSession> {
    this.#session ??= this.#start();
    return this.#session;
  }

  async #start(): Promise<WebDriverSession> {
    const display = await this.#startDisplay();
    const port = await freePort();
    const env = {
      ...process.env,
      DISPLAY: `:${display}`,
      GDK_BACKEND: 'x11',
      JSC_useSharedArrayBuffer: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      ...(process.getuid?.() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
    };
    // A process group of its own: the browser and its helpers go with the driver.
    this.#keep(spawn(this.#paths.driver, [`--port=${port}`], { env, stdio: 'ignore', detached: true }));
    const url = `http://127.0.0.1:${port}`;
    await untilAnswers(`${url}/status`);
    const session = await WebDriverSession.open(url, {
      pageLoadStrategy: 'none',
      'webkitgtk:browserOptions': { binary: this.#paths.browser, args: ['--automation', FEATURES] },
    });
    // Room for the tests' viewport without scaling it down.
    await session.post('window/rect', { x: 0, y: 0, width: 1200, height: 900 });
    return session;
  }

  async #startDisplay(): Promise<string> {
    const args = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
    const xvfb = spawn(this.#paths.xvfb, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true });
    this.#keep(xvfb);
    const output = xvfb.stdio[3];
    if (!output) throw new Error('Xvfb has no pipe to name its display on');
    const [chunk] = await Promise.race([once(output, 'data'), once(xvfb, 'exit').then(() => ['' as const])]);
    const display = String(chunk).trim();
    if (!display) throw new Error('Xvfb ended before it named its display');
    return display;
  }

  #keep(child: ChildProcess): void {
    child.on('error', () => undefined);
    this.#processes.unshift(child);
  }

  readonly #endProcesses = (): void => {
    for (const { pid } of this.#processes.splice(0)) {
      try {
        if (pid) process.kill(-pid, 'SIGTERM');
      } catch {
        // It has ended already.
      }
    }
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}
