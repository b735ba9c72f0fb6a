import { poise } from 'poise/vite';

// Vite's dev server over this app: `node dev-server.mjs vite [plugin]`; prints where it listens.
const [vite, withPlugin] = process.argv.slice(2);
const { createServer } = await import(vite);
const server = await createServer({
  configFile: false,
  logLevel: 'error',
  cacheDir: `node_modules/.vite/${vite}-${withPlugin}`,
  plugins: withPlugin ? [poise()] : [],
  server: { host: '127.0.0.1', port: 0 },
});
await server.listen();
console.log(server.resolvedUrls.local[0]);
