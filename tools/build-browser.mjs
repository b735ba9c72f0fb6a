import { readFileSync } from 'node:fs';
import { build } from 'vite';
import { root } from './run.mjs';

// What pages without a bundler load: dist/browser has one file a subpath, with all that it depends on beside it.

const { exports, peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const inPages = Object.keys(exports).filter(
  (subpath) => !['./package.json', './worker'].includes(subpath) && !(subpath.slice(2) in peerDependencies),
);
const nameOf = (/** @type {string} */ subpath) => (subpath === '.' ? 'poise' : subpath.slice(2));

await build({
  configFile: false,
  root: `${root}dist`,
  base: './',
  logLevel: 'error',
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'poise.worker.js' } } },
  build: {
    outDir: 'browser',
    assetsDir: '',
    target: 'es2022',
    minify: true,
    modulePreload: false,
    rolldownOptions: {
      input: Object.fromEntries(inPages.map((subpath) => [nameOf(subpath), root + exports[subpath].default])),
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
