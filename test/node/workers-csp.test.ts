import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright';
import { build, type Plugin } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowsers } from '../../tools/browsers.mjs';

const TASKS = `
import { exposeTasks } from 'poise/workers';
export const tasks = exposeTasks({ square: (n) => n * n });
`;

const APP = `
import { createCompressor, createPoisePool, WorkerPool } from 'poise/workers';
const bytes = new TextEncoder().encode('poise '.repeat(10000));
window.runApp = async () => {
  const pool = new WorkerPool({ size: 2, create: () => new Worker(new URL('./tasks.js', import.meta.url), { type: 'module' }) });
  const own = createPoisePool();
  const compressor = createCompressor({ pool: own });
  const squares = await pool.map('square', [1, 2, 3]);
  const small = await compressor.compress(bytes);
  const back = await compressor.decompress(small);
  const refused = await pool.runFunction((n) => n + 1, 1).then(() => 'ran', (error) => error.code);
  const result = {
    squares, refused, compressed: small.length < bytes.length / 10, same: String(back) === String(bytes),
    modes: [pool.stats.mode, own.stats.mode],
  };
  pool.stop();
  own.stop();
  return result;
};
window.compress = async () => {
  const pool = createPoisePool();
  const compressor = createCompressor({ pool });
  const back = await compressor.decompress(await compressor.compress(bytes));
  const mode = pool.stats.mode;
  pool.stop();
  return { same: String(back) === String(bytes), mode };
};
`;

/** The package under its own name, from dist, as an app has it from npm. */
const ownPackage: Plugin = {
  name: 'own-package',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('poise/') ? fileURLToPath(import.meta.resolve(id)) : null),
};

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

let root: string;
let browser: Browser;

beforeAll(async () => {
  // Inside the project, so that the dependencies are found.
  root = await mkdtemp(join(resolve('node_modules'), '.poise-csp-'));
  await writeFile(join(root, 'index.html'), '<!doctype html><script type="module" src="./app.js"></script>');
  await writeFile(join(root, 'app.js'), APP);
  await writeFile(join(root, 'tasks.js'), TASKS);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [ownPackage],
    worker: { plugins: () => [ownPackage] },
    build: { target: 'es2022', modulePreload: { polyfill: false } },
  });
  const { chromium: executablePath } = await findBrowsers();
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  browser = await chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await rm(root, { recursive: true, force: true });
});

/** Opens the built app under a policy, and gives what it says and what the browser refused. */
async function runUnder(
  policy: string,
  run: 'runApp' | 'compress' = 'runApp',
): Promise<{ result: unknown; refused: string[] }> {
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    readFile(join(root, 'dist', path)).then(
      (body) => {
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
        response.setHeader('content-security-policy', policy);
        response.end(body);
      },
      () => response.writeHead(204).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the server has no address');
  const page = await browser.newPage();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  try {
    await page.goto(`http://127.0.0.1:${address.port}/`);
    await page.waitForFunction(() => 'runApp' in window);
    const result: unknown = await page.evaluate((name) => Reflect.get(window, name)(), run);
    return { result, refused };
  } finally {
    await page.close();
    await new Promise((closed) => server.close(closed));
  }
}

const WORKS = {
  squares: [1, 4, 9],
  compressed: true,
  same: true,
  modes: ['workers', 'workers'],
};

test.each([
  ["worker-src 'self'", "default-src 'none'; script-src 'self'; worker-src 'self'"],
  ['trusted types', "default-src 'self'; require-trusted-types-for 'script'"],
  ['listed trusted types', "default-src 'self'; require-trusted-types-for 'script'; trusted-types poise"],
])('a bundled app works under %s; functions from text are refused with a clear error', async (_name, policy) => {
  const { result, refused } = await runUnder(policy);
  expect(result).toEqual({ ...WORKS, refused: 'POISE_SOURCE_REFUSED' });
  expect(refused.filter((text) => !/unsafe-eval|TrustedScript\b|eval/.test(text))).toEqual([]);
});

test('where workers are forbidden the compressor works on this thread', async () => {
  const { result } = await runUnder("default-src 'none'; script-src 'self'; worker-src 'none'", 'compress');
  expect(result).toEqual({ same: true, mode: 'main-thread' });
});

test("poise's worker needs no bundler: its imports are all relative", async () => {
  const seen = new Set<string>();
  const waiting = [resolve('dist/workers/poise.worker.js')];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const source = await readFile(file, 'utf8');
    for (const [, specifier = ''] of source.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)) {
      expect(specifier, file).toMatch(/^\./);
      waiting.push(resolve(dirname(file), specifier));
    }
  }
  expect(seen.size).toBeGreaterThan(3);
  const source = await readFile('dist/workers/poise-pool.js', 'utf8');
  expect(source).toMatch(/new Worker\(new URL\((['"])\.\/poise\.worker\.js\1, import\.meta\.url\), \{/);
});
