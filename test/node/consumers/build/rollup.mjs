import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

// Workers are entries of their own, and land beside the app under these names.
const workers = { 'poise.worker': 'poise/worker', tasks: 'src/tasks.js' };

const bundle = await rollup({
  input: { app: 'src/app.js', 'throttle-only': 'src/throttle-only.js', ...workers },
  plugins: [nodeResolve({ browser: true })],
});
await bundle.write({ dir: 'out/rollup', format: 'es', compact: true });
await bundle.close();
