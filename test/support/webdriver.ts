import type { BrowserCommandContext } from 'vitest/node';

/** One session of a W3C WebDriver (https://www.w3.org/TR/webdriver2/), as far as the tests use it. */
export class WebDriverSession {
  readonly #url: string;

  private constructor(url: string) {
    this.#url = url;
  }

  static async open(driverUrl: string, capabilities: Readonly<Record<string, unknown>>): Promise<WebDriverSession> {
    const value = await call('POST', `${driverUrl}/session`, { capabilities: { alwaysMatch: capabilities } });
    const id: unknown = Object(value).sessionId;
    if (typeof id !== 'string') throw new Error('WebDriver gave no session');
    return new WebDriverSession(`${driverUrl}/session/${id}`);
  }

  post(command: string, body: object = {}): Promise<unknown> {
    return call('POST', `${this.#url}/${command}`, body);
  }

  get(command: string): Promise<unknown> {
    return call('GET', `${this.#url}/${command}`);
  }

  /** Closes the session and its browser. */
  async close(): Promise<void> {
    await call('DELETE', this.#url);
  }

  async click(x: number, y: number): Promise<void> {
    const actions = [
      { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.post('actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** Presses a key by its DOM name ('a', 'Enter', 'ArrowDown'). */
  async press(key: string): Promise<void> {
    const value = KEYS[key] ?? key;
    const actions = [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ];
    await this.post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }
}

/** The WebDriver session of a page that Playwright doesn't drive. */
export async function sessionOf(context: BrowserCommandContext): Promise<WebDriverSession> {
  const session: unknown = await Reflect.get(context, 'session');
  if (!(session instanceof WebDriverSession)) throw new Error(`${context.provider.name} has no WebDriver session`);
  return session;
}

/** The code points that stand for named keys: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
};

async function call(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = Object(await response.json());
  if (!response.ok) throw new Error(`WebDriver ${method} ${new URL(url).pathname}: ${value?.error} ${value?.message}`);
  return value;
}
