import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('a compiled standard decorator: `this` is kept, each instance has results of its own', async () => {
  // Inside the package, where 'poise/cache' is the package itself.
  const directory = await mkdtemp(join(process.cwd(), 'dist/decorator-'));
  try {
    const tsc = join(process.cwd(), 'node_modules/typescript/bin/tsc');
    const config = {
      compilerOptions: {
        target: 'es2022',
        module: 'esnext',
        moduleResolution: 'bundler',
        lib: ['es2023', 'esnext.disposable', 'esnext.decorators', 'dom'],
        types: [],
        noCheck: true,
        noResolve: true,
        rootDir: '../../test/node',
        outDir: '.',
      },
      files: ['../../test/node/cache-decorator.fixture.ts'],
    };
    await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(config));
    await run(process.execPath, [tsc, '-p', directory]);
    const compiled = join(directory, 'cache-decorator.fixture.js');
    await writeFile(compiled, (await readFile(compiled, 'utf8')).replace('../../src/cache/index.js', 'poise/cache'));
    // Node 20 does not have it.
    const entry = `Symbol.dispose ??= Symbol.for('Symbol.dispose'); await import('./cache-decorator.fixture.js');`;
    await writeFile(join(directory, 'main.js'), entry);
    const { stdout } = await run(process.execPath, [join(directory, 'main.js')], { timeout: 25_000 });
    expect(JSON.parse(stdout)).toEqual({ loaded: ['a1', 'a1', 'b1'], runs: [2, 1], twice: [4, 4] });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
