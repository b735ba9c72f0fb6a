import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The checkout that the tools work on. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** What keeps a tool from going on; shown as one line, without a stack. */
export class CannotGoOn extends Error {}

/**
 * Runs a program in the checkout with this terminal, passes on signals, and gives its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export function run(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit', shell: command.endsWith('.cmd') });
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 130 : 1));
    });
  });
}

/**
 * Runs a program of node_modules under this Node.
 * @param {string} script its path inside node_modules
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export const runModule = (script, args, env) => run(process.execPath, [`${root}node_modules/${script}`, ...args], env);

/**
 * Runs a tool's main function and makes its result the exit code.
 * @param {() => Promise<number>} main
 */
export async function tool(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof CannotGoOn)) throw error;
    console.error(`poise: ${error.message}`);
    process.exitCode = 1;
  }
}
