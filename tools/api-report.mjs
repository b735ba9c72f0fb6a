import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { optionTables } from './option-tables.mjs';
import { root, tool } from './run.mjs';

/**
 * One exported name, its declarations as tsc wrote them, and whether it is there at run time.
 * @typedef {{ name: string, text: string, isValue: boolean }} ApiEntry
 */

/** @typedef {{ text: string, names: readonly string[], isValue: boolean }} Statement */

const DECLARATION = /^(?:export )?(?:declare )?(?:abstract )?(class|interface|type|const|let|function|enum) ([\w$]+)/;

/**
 * The top-level statements of a declaration file, without comments. tsc indents all but their first and last lines.
 * @param {string} path
 * @returns {string[]}
 */
function statementsOf(path) {
  const source = readFileSync(path, 'utf8').replace(/^\s*\/\*\*?(?:[^*]|\*(?!\/))*\*\/\n?/gm, '');
  /** @type {string[]} */
  const statements = [];
  for (const line of source.split('\n')) {
    if (line === '' || line.startsWith('//') || line.trim() === '#private;') continue;
    const last = statements.length - 1;
    if (/^[\s}]/.test(line) && last >= 0) statements[last] += `\n${line}`;
    else statements.push(line);
  }
  return statements;
}

/**
 * What a declaration file exports, those that it re-exports included.
 * @param {string} path
 * @returns {Map<string, ApiEntry>}
 */
export function exportsOf(path) {
  /** @type {Map<string, ApiEntry>} */
  const found = new Map();
  for (const text of statementsOf(path)) {
    const from = / from '([^']+)\.js';$/.exec(text)?.[1];
    const target = from && join(dirname(path), `${from}.d.ts`);
    if (text.startsWith('export *') && target) {
      for (const entry of exportsOf(target).values()) found.set(entry.name, entry);
    } else if (/^export (?:type )?\{/.test(text)) {
      const known = target ? exportsOf(target) : new Map();
      const list = /\{([^}]*)\}/.exec(text)?.[1] ?? '';
      for (const item of list
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean)) {
        const [, onlyType, source = '', as] = /^(type )?(\S+)(?: as (\S+))?$/.exec(item) ?? [];
        const name = as ?? source;
        const entry = known.get(source);
        if (!entry) throw new Error(`${path}: no declaration of ${source}`);
        const isValue = entry.isValue && !onlyType && !text.startsWith('export type');
        found.set(name, { ...entry, name, isValue });
      }
    } else if (text.startsWith('export ')) {
      const [, kind = '', name = ''] = DECLARATION.exec(text) ?? [];
      if (!name) throw new Error(`${path}: what is this? ${text}`);
      const before = found.get(name);
      const isValue = !['interface', 'type'].includes(kind);
      found.set(name, {
        name,
        text: before ? `${before.text}\n${text}` : text,
        isValue: isValue || Boolean(before?.isValue),
      });
    }
  }
  return found;
}

/** The subpaths with types, and the report of each: 'monitor/everything' is api/monitor-everything.md. */
export function subpaths() {
  const { exports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  // The main entry is all the rooms together, the worker exports nothing.
  return Object.entries(exports)
    .filter(([subpath]) => !['.', './worker', './package.json'].includes(subpath))
    .map(([subpath, { types }]) => ({
      name: subpath.slice(2),
      types: root + types,
      report: `api/${subpath.slice(2).replace('/', '-')}.md`,
    }));
}

/**
 * The report of one subpath, from dist.
 * @param {{ name: string, types: string }} subpath
 */
export function reportOf({ name, types }) {
  const entries = [...exportsOf(types).values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const blocks = entries.map(({ text, isValue }) => (isValue ? text : `// type only\n${text}`));
  return `# poise/${name}\n\nWritten by \`npm run api\`; what apps may rely on.\n\n\`\`\`ts\n${blocks.join('\n\n')}\n\`\`\`\n`;
}

if (process.argv[1] === `${root}tools/api-report.mjs`) {
  await tool(async () => {
    mkdirSync(`${root}api`, { recursive: true });
    for (const subpath of subpaths()) writeFileSync(root + subpath.report, reportOf(subpath));
    writeFileSync(`${root}docs/options.md`, optionTables());
    return 0;
  });
}
