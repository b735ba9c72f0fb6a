import { build } from 'esbuild';

// Workers are entries of their own, and land beside the app under these names.
const workers = { 'poise.worker': 'poise/worker', tasks: 'src/tasks.js' };

await build({
  entryPoints: { app: 'src/app.js', 'throttle-only': 'src/throttle-only.js', ...workers },
  outdir: 'out/esbuild',
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
});
