import { resolve } from 'node:path';
import webpack from 'webpack';

const compiler = webpack({
  mode: 'production',
  entry: { app: './src/app.js', 'throttle-only': './src/throttle-only.js' },
  output: { path: resolve('out/webpack') },
  performance: false,
});
compiler.run((error, stats) => {
  if (error || stats.hasErrors()) throw error ?? new Error(stats.toString('errors-only'));
});
