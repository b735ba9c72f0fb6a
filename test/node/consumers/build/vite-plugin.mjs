import { build } from 'vite';

// With the vite.config.js that the README shows.
await build({
  logLevel: 'error',
  base: './',
  build: { outDir: 'out/vite-plugin', rolldownOptions: { input: 'throttle-only.html' } },
});
