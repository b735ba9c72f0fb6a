import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { specifiers } from './package.js';

/** Runs a module in a Node of its own, which has to end by itself, and gives what it printed. */
async function runNode(source: string): Promise<string> {
  const args = ['--input-type=module', '--eval', source];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 25_000 });
  return stdout.trim();
}

const printExports = (specifier: string) => `console.log(Object.keys(await import('${specifier}')).length)`;

test.each(specifiers)('%s can be imported in Node and leaves nothing running', async (specifier) => {
  expect(Number(await runNode(printExports(specifier)))).toBeGreaterThan(0);
});

test.each(specifiers)('%s can be imported in a worker thread', async (specifier) => {
  const source = `
    import { Worker } from 'node:worker_threads';
    new Worker(new URL(\`data:text/javascript,\${encodeURIComponent(${JSON.stringify(
      `import { parentPort, workerData } from 'node:worker_threads';
       parentPort.postMessage(Object.keys(await import(workerData)).length);`,
    )})}\`), { workerData: import.meta.resolve('${specifier}') }).on('message', (count) => console.log(count));
  `;
  expect(Number(await runNode(source))).toBeGreaterThan(0);
});

test('importing every entry adds no global', async () => {
  const source = `
    const before = Reflect.ownKeys(globalThis).length;
    for (const specifier of ${JSON.stringify(specifiers)}) await import(specifier);
    console.log(Reflect.ownKeys(globalThis).length - before);
  `;
  expect(await runNode(source)).toBe('0');
});
