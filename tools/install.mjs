import { existsSync, readFileSync } from 'node:fs';
import { CannotGoOn, root, run } from './run.mjs';

/** @typedef {{ version?: string, optional?: boolean, peer?: boolean, link?: boolean }} LockedPackage */

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage>}
 */
const packagesOf = (path) => JSON.parse(readFileSync(root + path, 'utf8')).packages;

/** Whether node_modules holds what package-lock.json asks for. */
function isInstalled() {
  if (!existsSync(`${root}node_modules/.package-lock.json`)) return false;
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json')).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true;
    return installed[path] ? installed[path].version === version : optional;
  });
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new CannotGoOn(`Node 20.19 or later is needed, this is ${process.versions.node}.`);
}

/** Installs the dependencies when they are missing or older than package-lock.json. */
export async function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  console.log('poise: installing dependencies (npm ci)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // NODE_ENV=production would leave out the development tools.
  const env = { ...process.env, NODE_ENV: 'development' };
  const code = await run(npm, ['ci', '--no-audit', '--no-fund'], env).catch(() => 1);
  if (code !== 0) throw new CannotGoOn('npm ci failed; the dependencies are missing. Is the npm registry reachable?');
}
