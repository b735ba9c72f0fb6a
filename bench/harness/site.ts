import { existsSync, rmSync } from 'node:fs';
import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const HARNESS = dirname(fileURLToPath(import.meta.url));

const ACCESS_LOG = resolve(HARNESS, '../../../shared/data/access.log.gz');

/** Isolated pages read the clock to 5 µs instead of 100. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds a benchmark's page for production, minified, and serves it on loopback. */
export async function openSite(benchFile: string): Promise<Site> {
  const root = await mkdtemp(join(tmpdir(), 'poise-bench-'));
  const remove = () => rmSync(root, { recursive: true, force: true });
  // An interrupted run leaves nothing behind either.
  process.once('exit', remove);
  try {
    await writeFile(join(root, 'index.html'), PAGE);
    await writeFile(join(root, 'entry.ts'), entry(benchFile));
    const shared = {
      root,
      configFile: false,
      logLevel: 'warn',
      define: { 'process.env.NODE_ENV': '"production"' },
    } as const;
    await build({
      ...shared,
      mode: 'production',
      worker: { format: 'es' },
      build: { outDir: join(root, 'dist'), target: 'es2022' },
    });
    // A real access log lies beside the repository while poise is developed; benchmarks do without it as well.
    if (existsSync(ACCESS_LOG)) await copyFile(ACCESS_LOG, join(root, 'dist', 'access-log.bin'));
    const server = await preview({
      ...shared,
      build: { outDir: join(root, 'dist') },
      preview: { host: '127.0.0.1', port: 0, headers: ISOLATION },
    });
    const url = server.resolvedUrls?.local[0];
    if (!url) throw new Error('the preview server has no address');
    return { url, close: () => server.close().finally(remove) };
  } catch (failure) {
    remove();
    throw failure;
  }
}

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>poise bench</title>
<body><script type="module" src="./entry.ts"></script></body></html>`;

const entry = (benchFile: string) => `import bench from ${JSON.stringify(resolve(benchFile))};
import { mount } from ${JSON.stringify(join(HARNESS, 'page.ts'))};
mount(bench);`;
