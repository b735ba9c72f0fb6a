import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

/** A block of code in README.md; its language is what stands behind the three ticks. */
export interface ReadmeBlock {
  readonly language: string;
  readonly code: string;
}

export function readmeBlocks(): ReadmeBlock[] {
  const found = readFileSync('README.md', 'utf8').matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...found].map(([, language = '', code = '']) => ({ language, code }));
}

const ADDRESS = /^\/readme-block\/(\d+)\.\w+$/;

/** Serves each block as a module, `/readme-block/<n>.<language>`, with poise from src. It says when it has run to its end. */
export const readmePlugin: Plugin = {
  name: 'readme-blocks',
  enforce: 'pre',
  resolveId(id, importer) {
    if (ADDRESS.test(id)) return id;
    const room = importer && ADDRESS.test(importer) ? /^poise\/(\w+)$/.exec(id)?.[1] : undefined;
    return room ? resolve(`src/${room}/index.ts`) : null;
  },
  load(id) {
    const block = readmeBlocks()[Number(ADDRESS.exec(id)?.[1])];
    return block ? `/** @jsxRuntime automatic */\n${block.code}\nwindow.dispatchEvent(new Event('ran'));\n` : null;
  },
};
