import { build } from 'vite';

await build({
  configFile: false,
  logLevel: 'error',
  base: './',
  build: { outDir: 'out/react', rolldownOptions: { input: 'react-app.html' } },
});
