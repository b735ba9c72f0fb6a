import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const shell = process.platform === 'win32';

/** Runs a program in a folder; what it printed is in the error when it fails. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  // Bundlers build for production; Vitest's own NODE_ENV is 'test'.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { stdout } = await promisify(execFile)(command, args, { cwd, shell, env, maxBuffer: 1e8 });
  return stdout;
}

/**
 * Packs poise and installs the tarball, as from npm, into an app outside of the repository, with all the bundlers. The
 * folder stays where it is, one for each checkout, so that the next run finds the bundlers there.
 */
export async function installConsumers(): Promise<string> {
  const checkout = createHash('sha256').update(resolve('.')).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `poise-consumers-${checkout}`);
  await mkdir(folder, { recursive: true });
  for (const old of ['out', 'node_modules/poise', 'node_modules/.package-lock.json', 'node_modules/.vite']) {
    await rm(join(folder, old), { recursive: true, force: true });
  }
  await cp('test/node/consumers', folder, { recursive: true });
  const packed = await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], resolve('.'));
  await rename(join(folder, packed.trim()), join(folder, 'poise.tgz'));
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock', '--prefer-offline'];
  await run('npm', ['install', '--include=dev', ...quiet], folder);
  return folder;
}
