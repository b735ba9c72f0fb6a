import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { ensureInstalled } from './install.mjs';
import { CannotGoOn, root, runModule, tool } from './run.mjs';

/**
 * What importing one subpath costs an app.
 * @typedef {{ specifier: string, min: number, brotli: number, budget: number | undefined }} Size
 */

const BYTES_PER_KB = 1_000;

/** What `new PerformanceMonitor().start()` loads in all: its parts as well, and web-vitals. */
const STARTED = {
  specifier: 'poise/monitor, started with its defaults',
  of: 'poise/monitor',
  lazy: /\/monitor\/parts\/[a-z]+-part\.js$|\/web-vitals\//,
};

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(root + path, 'utf8'));

/** What an overlay has loaded once it is open on its first panel: all but the other panels. */
const OPENED = {
  specifier: 'poise/overlay, opened',
  of: 'poise/overlay',
  lazy: /^(?!.*\/overlay\/panels\/(?!overview|panels?\.|parts)[\w-]+\.js$)/,
};

/**
 * Bundles one subpath of dist as an app would, with what it depends on and without peers, and measures what is
 * loaded at once; chunks behind import() are left out, but those of modules that `lazy` names.
 * @param {string} specifier
 * @param {readonly string[]} peers
 * @param {RegExp} [lazy]
 * @returns {Promise<{ min: number, brotli: number }>}
 */
async function measure(specifier, peers, lazy) {
  const { build } = await import('vite');
  const entry = '\0entry';
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    // Vite itself does not resolve a package from inside that package; Node's exports map does.
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : id === specifier ? fileURLToPath(import.meta.resolve(id)) : null),
        load: (id) => (id === entry ? `export * from '${specifier}';` : null),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      rolldownOptions: {
        input: entry,
        external: peers.map((name) => new RegExp(`^${name}(/|$)`)),
        preserveEntrySignatures: 'strict',
      },
    },
  });
  if (!('output' in result)) throw new CannotGoOn('vite gave no bundle');
  const chunks = result.output.filter((part) => part.type === 'chunk');
  const loaded = new Set(chunks.filter((chunk) => chunk.isEntry).map((chunk) => chunk.fileName));
  for (const name of loaded) {
    const { imports = [], dynamicImports = [] } = chunks.find(({ fileName }) => fileName === name) ?? {};
    const isLoaded = (/** @type {string} */ next) =>
      lazy?.test(chunks.find(({ fileName }) => fileName === next)?.facadeModuleId ?? '') ?? false;
    for (const next of [...imports, ...dynamicImports.filter(isLoaded)]) loaded.add(next);
  }
  const code = chunks.flatMap((chunk) => (loaded.has(chunk.fileName) ? [chunk.code] : [])).join('\n');
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  const compressed = await promisify(brotliCompress)(Buffer.from(code), { params });
  return { min: Buffer.byteLength(code), brotli: compressed.length };
}

/** @param {number} bytes */
const inKb = (bytes) => (bytes / BYTES_PER_KB).toFixed(2);

await tool(async () => {
  await ensureInstalled();
  const code = await runModule('vite/bin/vite.js', ['build', '--logLevel', 'error']);
  if (code !== 0) throw new CannotGoOn('the library could not be built');
  const { name, exports, peerDependencies = {} } = readJson('package.json');
  const budgets = readJson('tools/size-budgets.json');
  /** @type {Size[]} */
  const sizes = [];
  for (const subpath of Object.keys(exports).filter((path) => !path.endsWith('.json'))) {
    const specifier = name + subpath.slice(1);
    const size = await measure(specifier, Object.keys(peerDependencies));
    sizes.push({ specifier, ...size, budget: budgets[specifier] });
  }
  const peers = Object.keys(peerDependencies);
  for (const { specifier, of, lazy } of [STARTED, OPENED]) {
    sizes.push({ specifier, ...(await measure(of, peers, lazy)), budget: budgets[specifier] });
  }
  console.table(
    Object.fromEntries(
      sizes.map(({ specifier, min, brotli, budget }) => [
        specifier,
        {
          'min kB': inKb(min),
          'brotli kB': inKb(brotli),
          'budget kB': budget ?? 'none',
          ok: isWithin(brotli, budget) ? 'yes' : 'NO',
        },
      ]),
    ),
  );
  return sizes.every(({ brotli, budget }) => isWithin(brotli, budget)) ? 0 : 1;
});

/**
 * An entry without a budget fails too.
 * @param {number} bytes
 * @param {number | undefined} budget in kB
 */
function isWithin(bytes, budget) {
  return budget !== undefined && bytes <= budget * BYTES_PER_KB;
}
