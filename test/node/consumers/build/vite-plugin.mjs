import { poise } from 'poise/vite';
import { build } from 'vite';

await build({
  configFile: false,
  logLevel: 'error',
  base: './',
  plugins: [poise()],
  build: { outDir: 'out/vite-plugin', rolldownOptions: { input: 'throttle-only.html' } },
});
