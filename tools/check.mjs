import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { root, runModule, tool } from './run.mjs';

const projects = ['.', 'test', 'tools', 'bench', 'demo'];

/** A class member named by `disposeSymbol` is the one thing that src can't declare for isolatedDeclarations. */
const ALLOWED = /error TS9038:/;

/** Whether every exported thing in src says its type, so that declarations need no inference. */
async function checkExportedTypes() {
  const args = [
    `${root}node_modules/typescript/bin/tsc`,
    '-p',
    root,
    '--noEmit',
    '--isolatedDeclarations',
    '--pretty',
    'false',
  ];
  const output = await promisify(execFile)(process.execPath, args).then(
    () => '',
    (/** @type {{ stdout: string }} */ { stdout }) => stdout,
  );
  const errors = output.split('\n').filter((line) => line.includes('error TS') && !ALLOWED.test(line));
  for (const error of errors) console.error(error);
  return errors.length;
}

await tool(async () => {
  await ensureInstalled();
  let failures = 0;
  for (const project of projects.filter((name) => existsSync(`${root}${name}/tsconfig.json`))) {
    failures += await runModule('typescript/bin/tsc', ['-p', project, '--noEmit']);
  }
  failures += await checkExportedTypes();
  return failures === 0 ? 0 : 1;
});
