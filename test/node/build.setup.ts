import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The tests import the package as an app does: from dist. */
export async function setup(): Promise<void> {
  // vitest's NODE_ENV would make it a build for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)('npm', ['run', 'build'], { shell: process.platform === 'win32', env });
}
