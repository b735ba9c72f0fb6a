import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The tests import the package as an app does: from dist. */
export async function setup(): Promise<void> {
  await promisify(execFile)('npm', ['run', 'build'], { shell: process.platform === 'win32' });
}
