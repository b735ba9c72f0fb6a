import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { trafficFeed } from './feed/feed-plugin.js';
import { userError } from './feed/user-error.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `--log FILE` (or `--log=FILE`); Vite's own command line takes it only behind a bare `--`. */
function logFile(args: readonly string[]): string | undefined {
  const index = args.findIndex((arg) => arg === '--log' || arg.startsWith('--log='));
  const value = args[index]?.split('=', 2)[1] ?? args[index + 1];
  if (index >= 0 && !value) throw userError('--log needs the path of an access log');
  return index < 0 ? undefined : value;
}

/** The built page holds itself to a strict policy; the dev server's own client could not work under it. */
const strictPolicy: Plugin = {
  name: 'strict-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: {
        'http-equiv': 'Content-Security-Policy',
        content: "default-src 'self'; require-trusted-types-for 'script'",
      },
      injectTo: 'head-prepend',
    },
  ],
};

const EXAMPLES = ['caching', 'parallelization', 'memory'];

export default defineConfig({
  root: at('.'),
  cacheDir: at('../node_modules/.vite/demo'),
  resolve: { alias: [{ find: /^poise\/(.+)$/, replacement: at('../src/$1/index.ts') }] },
  // Found at the first visit otherwise, which then reloads the page.
  optimizeDeps: { include: ['rxjs', 'comlink', 'idb', 'lit', 'uplot', 'web-vitals/attribution'] },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
  build: {
    outDir: at('dist'),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      input: ['index.html', 'logs.html', 'lab.html', ...EXAMPLES.map((name) => `examples/${name}.html`)].map(at),
    },
  },
  plugins: [strictPolicy, trafficFeed(logFile(process.argv))],
});
