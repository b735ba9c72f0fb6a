// Starts the TypeScript harness through Vite, so that it runs on every Node that the package supports.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

// Vite takes its mode from here; without it React's JSX would be compiled for development.
process.env.NODE_ENV = 'production';
const { module } = await runnerImport(fileURLToPath(new URL('./harness/main.ts', import.meta.url)), {
  configFile: false,
  mode: 'production',
});
process.exitCode = await module.main(process.argv.slice(2));
