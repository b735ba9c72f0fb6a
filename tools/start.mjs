import { resolve } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { runModule, tool } from './run.mjs';

/**
 * Parts the demo's own option from Vite's: `--log FILE` goes behind a bare `--`, its path seen from where npm was called.
 * @param {readonly string[]} args
 */
function part(args) {
  const vite = [];
  const demo = [];
  for (let at = 0; at < args.length; at++) {
    const [name, inline] = (args[at] ?? '').split(/=(.*)/s, 2);
    if (name !== '--log') {
      vite.push(args[at] ?? '');
      continue;
    }
    const file = inline ?? args[++at];
    demo.push('--log', ...(file ? [resolve(process.env['INIT_CWD'] ?? '', file)] : []));
  }
  return { vite, demo };
}

await tool(async () => {
  await ensureInstalled();
  const { vite, demo } = part(process.argv.slice(2));
  return runModule('vite/bin/vite.js', ['--config', 'demo/vite.config.ts', ...vite, '--', ...demo]);
});
