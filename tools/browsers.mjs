import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CannotGoOn, run, runModule } from './run.mjs';

/**
 * What is installed to test in.
 * @typedef {object} Browsers
 * @property {string | undefined} chromium
 * @property {string | undefined} firefox
 * @property {{ driver: string, browser: string, xvfb: string } | undefined} webkit
 */

const { env, platform } = process;
const programFiles = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
  (at) => at !== undefined,
);

/** @param {readonly string[]} names programs to look for on PATH */
const onPath = (names) => names.flatMap((name) => (env['PATH'] ?? '').split(delimiter).map((at) => join(at, name)));
/** @param {string} path below Program Files */
const onWindows = (path) => (platform === 'win32' ? programFiles.map((at) => join(at, path)) : []);

/** @param {readonly (string | undefined)[]} paths */
const firstOf = (paths) => paths.find((path) => path !== undefined && existsSync(path));

/** Chromium as Playwright downloads it, once it is installed. */
async function playwrightChromium() {
  try {
    const { chromium } = await import('playwright');
    return chromium.executablePath();
  } catch {
    return undefined;
  }
}

/** WebKit's port with a driver that is found on Linux; it draws into a display, so Xvfb is part of it. */
function findWebKit() {
  if (platform !== 'linux') return undefined;
  const driver = firstOf([env['WEBKIT_DRIVER_PATH'], ...onPath(['WebKitWebDriver'])]);
  const xvfb = firstOf(onPath(['Xvfb']));
  const browser = firstOf(['x86_64', 'aarch64', 'arm'].flatMap(miniBrowsers));
  return driver && browser && xvfb ? { driver, browser, xvfb } : undefined;
}

/** @param {string} machine */
const miniBrowsers = (machine) =>
  [`/usr/lib/${machine}-linux-gnu`, '/usr/lib64', '/usr/lib', '/usr/libexec'].map(
    (at) => `${at}/webkit2gtk-4.1/MiniBrowser`,
  );

/**
 * Finds the browsers on this machine; CHROME_PATH and FIREFOX_PATH go first.
 * @returns {Promise<Browsers>}
 */
export async function findBrowsers() {
  return {
    chromium: firstOf([
      env['CHROME_PATH'],
      ...onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']),
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ...onWindows('Google/Chrome/Application/chrome.exe'),
      ...onWindows('Microsoft/Edge/Application/msedge.exe'),
      await playwrightChromium(),
    ]),
    firefox: firstOf([
      env['FIREFOX_PATH'],
      ...onPath(['firefox-esr', 'firefox']),
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      ...onWindows('Mozilla Firefox/firefox.exe'),
    ]),
    webkit: findWebKit(),
  };
}

/** Installs a Chromium: the distribution's own on Debian as root, elsewhere the one that Playwright provides. */
export async function installChromium() {
  const isRoot = process.getuid?.() === 0;
  const isDebian = existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  if (isDebian && isRoot) {
    console.log('poise: installing Chromium (apt-get)');
    const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
    if ((await run('apt-get', ['update', '-qq'], quiet)) === 0) {
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
    }
  }
  if ((await findBrowsers()).chromium) return;
  console.log('poise: installing Chromium (playwright install)');
  const withSystemLibraries = platform === 'linux' && isRoot ? ['--with-deps'] : [];
  await runModule('playwright/cli.js', ['install', ...withSystemLibraries, 'chromium']);
  if ((await findBrowsers()).chromium) return;
  throw new CannotGoOn(
    'no Chromium was found, and none could be installed. Install Chrome, or set CHROME_PATH to one.',
  );
}
