import { spawn } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readmeBlocks } from '../support/readme-blocks.js';
import { type FolderServer, serveFolder } from '../support/serve-folder.js';
import { launchChromium } from '../support/test-site.js';
import { installConsumers, run } from './consumer-install.js';
import { runApp, type Visit, visit } from './consumer-site.js';

// The packed tarball in real apps, as their bundlers build them for production.

/** A word that only this code holds, however it is minified. */
const MARKS = {
  IndexedDB: 'createObjectStore',
  Comlink: 'Comlink.proxy',
  lit: 'litElementVersions',
  uPlot: 'u-legend',
};
const marksIn = (code: string) => Object.entries(MARKS).flatMap(([name, mark]) => (code.includes(mark) ? [name] : []));

const WORKS = {
  throttle: { shown: '1000', requested: 1000 },
  log: { flushed: true, persistent: true, entries: 1500, newest: 1499, oldest: 300 },
  tasks: { squares: [1, 4, 9], mode: 'workers' },
  overlay: true,
};

let folder: string;
let browser: Browser;
let site: FolderServer;

beforeAll(async () => {
  folder = await installConsumers();
  browser = await launchChromium();
  site = await serveFolder(join(folder, 'out'));
}, 240_000);

afterAll(async () => {
  await browser?.close();
  site?.close();
});

async function open(url: string): Promise<Visit> {
  const visited = await visit(browser, url);
  onTestFinished(() => visited.page.close());
  return visited;
}

/** Poise's worker and the app's own, each a file of this site. */
function expectRealWorkers(workers: readonly string[], at = site.origin) {
  // By their files' names; a bundler may add to them.
  const own = workers.filter((url) => /poise[^/]*$/.test(url));
  expect([own.length > 0, workers.length > own.length], workers.join('\n')).toEqual([true, true]);
  for (const url of workers) expect(url.startsWith(`${at}/`), url.slice(0, 100)).toBe(true);
}

/** Gives bundles without a page of their own one. */
async function writePages(out: string): Promise<void> {
  for (const [page, script] of [
    ['index', 'app'],
    ['throttle-only', 'throttle-only'],
  ]) {
    const html = await readFile(join(folder, `${page}.html`), 'utf8');
    await writeFile(join(out, `${page}.html`), html.replace(`./src/${script}.js`, `./${script}.js`));
  }
}

describe.each([
  { bundler: 'vite', pages: 'made' },
  { bundler: 'webpack', pages: 'ours' },
  { bundler: 'rspack', pages: 'ours' },
  { bundler: 'rollup', pages: 'ours' },
  { bundler: 'esbuild', pages: 'ours' },
  { bundler: 'parcel', pages: 'made' },
])('$bundler', ({ bundler, pages }) => {
  beforeAll(async () => {
    await run('node', [`build/${bundler}.mjs`], folder);
    if (pages === 'ours') await writePages(join(folder, 'out', bundler));
  }, 120_000);

  test('an app built for production works, in workers that are files', async () => {
    const visited = await open(`${site.origin}/${bundler}/index.html`);
    expect(await runApp(visited)).toEqual(WORKS);
    expect(visited.problems).toEqual([]);
    expectRealWorkers(visited.workers);
    // All marks are there: what the next test does not find is left out, not renamed.
    expect(marksIn(await visited.code())).toEqual(Object.keys(MARKS));
  }, 60_000);

  test('an app that only throttles brings nothing else along', async () => {
    const visited = await open(`${site.origin}/${bundler}/throttle-only.html`);
    await visited.page.waitForFunction(() => document.title === 'updated');
    expect(marksIn(await visited.code())).toEqual([]);
    expect(visited.problems).toEqual([]);
    expect(visited.workers).toEqual([]);
  }, 60_000);
});

test('a page without a bundler imports the files of dist/browser', async () => {
  const out = join(folder, 'out/plain');
  await cp(join(folder, 'node_modules/poise/dist/browser'), join(out, 'poise'), { recursive: true });
  await mkdir(join(out, 'src'));
  for (const name of ['app.js', 'tasks.js']) {
    const code = await readFile(join(folder, 'src', name), 'utf8');
    await writeFile(join(out, 'src', name), code.replaceAll(/'poise\/(\w+)'/g, "'../poise/$1.js'"));
  }
  await cp(join(folder, 'index.html'), join(out, 'index.html'));
  const visited = await open(`${site.origin}/plain/index.html`);
  expect(await runApp(visited)).toEqual(WORKS);
  expect(visited.problems).toEqual([]);
  expectRealWorkers(visited.workers);

  const html = readmeBlocks().find(({ language }) => language === 'html')?.code ?? '';
  await writeFile(join(out, 'readme.html'), html);
  const { page } = await open(`${site.origin}/plain/readme.html`);
  await page.getByText('updated').waitFor();
}, 60_000);

/** Vite's dev server over the app; gives its address. */
async function startDevServer(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ['build/dev-server.mjs', ...args], { cwd: folder });
  onTestFinished(() => void child.kill());
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (text) => resolve(String(text).trim()));
    child.stderr.on('data', (text) => {
      printed += text;
    });
    child.once('exit', () => reject(new Error(printed)));
  });
}

const PEERS = ['vite', 'vite-6'];

test.each(PEERS)(
  "%s's dev server, with poise as a pre-bundled dependency",
  async (vite) => {
    const at = await startDevServer(vite);
    // The first visit finds the dependencies, and reloads when one was found late.
    const first = await open(at);
    await first.page.waitForFunction(() => 'runApp' in window);
    await first.page.waitForLoadState('networkidle');
    const visited = await open(at);
    expect(await runApp(visited)).toEqual(WORKS);
    expect(visited.problems).toEqual([]);
    expectRealWorkers(visited.workers, new URL(at).origin);
  },
  90_000,
);

test.each(PEERS)(
  "poise/vite puts the overlay into pages of %s's dev server",
  async (vite) => {
    const at = await startDevServer(vite, 'plugin');
    const { page } = await open(`${at}throttle-only.html`);
    const pill = page.getByRole('button', { name: /poise/i });
    await pill.waitFor({ timeout: 60_000 });
    await pill.click();
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
  },
  90_000,
);

test('poise/vite leaves nothing in a build, with the config that the README shows', async () => {
  const config = readmeBlocks().find(({ code }) => code.startsWith('// vite.config.js'))?.code ?? '';
  await writeFile(join(folder, 'vite.config.js'), config);
  await run('node', ['build/vite-plugin.mjs'], folder);
  const visited = await open(`${site.origin}/vite-plugin/throttle-only.html`);
  await visited.page.waitForFunction(() => document.title === 'updated');
  const all = (await visited.code()) + (await visited.page.content());
  expect(all).not.toMatch(/poise-overlay|mountOverlay|alt\+shift\+p/);
  expect(marksIn(all)).toEqual([]);
}, 60_000);

test('React 18: one snapshot for all that is shown, in StrictMode and transitions, and on the server', async () => {
  await run('node', ['build/react.mjs'], folder);
  const visited = await open(`${site.origin}/react/react-app.html`);
  expect(await runApp(visited)).toEqual({ version: '18.3.1', server: true, torn: [], left: 0 });
  expect(visited.problems).toEqual([]);
}, 60_000);

describe('the package as tools see it', () => {
  // Both end with an error when they find something.
  test('publint', async () => {
    await run('npx', ['publint', 'run', 'poise.tgz', '--strict'], folder);
  }, 60_000);

  test('are the types wrong', async () => {
    await run('npx', ['attw', 'poise.tgz', '--profile', 'esm-only', '--format', 'ascii'], folder);
  }, 60_000);
});
