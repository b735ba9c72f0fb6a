import { resolve } from 'node:path';
import { rspack } from '@rspack/core';

const compiler = rspack({
  mode: 'production',
  entry: { app: './src/app.js', 'throttle-only': './src/throttle-only.js' },
  output: { path: resolve('out/rspack') },
  performance: false,
});
compiler.run((error, stats) => {
  if (error || stats.hasErrors()) throw error ?? new Error(stats.toString('errors-only'));
});
