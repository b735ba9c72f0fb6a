import { build } from 'vite';

await build({
  configFile: false,
  logLevel: 'error',
  base: './',
  build: {
    outDir: 'out/vite',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { index: 'index.html', 'throttle-only': 'throttle-only.html' } },
  },
  worker: { format: 'es' },
});
