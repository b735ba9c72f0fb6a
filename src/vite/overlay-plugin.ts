import type { Plugin } from 'vite';
import { optional, resolveConfig, text } from '../core/validate.js';

export interface PoisePluginOptions {
  /**
   * A module of the app, from its root ('/src/poise.ts'), whose export `overlaySource` the overlay looks at: a monitor, or
   * parts of poise. Default: none, and the overlay shows the page's frames.
   */
  readonly source: string | undefined;
  /** As for `mountOverlay()`: opens and closes the overlay. Default 'alt+shift+p'. */
  readonly hotkey: string;
}

const DEFAULTS: PoisePluginOptions = Object.freeze({ source: undefined, hotkey: 'alt+shift+p' });

const MODULE_ID = 'virtual:poise-overlay';
/** As Vite asks for the ids of virtual modules: other plugins leave what begins so alone. */
const RESOLVED_ID = `\0${MODULE_ID}`;

/** Opens the debug overlay in every page of Vite's dev server, with no code in the app. Nothing of it gets into a build. */
export function poise(
  options: { readonly [Name in keyof PoisePluginOptions]?: PoisePluginOptions[Name] } = {},
): Plugin {
  const { source, hotkey } = resolveConfig('poise', options, DEFAULTS, { source: optional(text), hotkey: text });
  return {
    name: 'poise',
    apply: 'serve',
    resolveId: (id) => (id === MODULE_ID ? RESOLVED_ID : null),
    load: (id) => (id === RESOLVED_ID ? moduleCode(source, hotkey) : null),
    transformIndexHtml: () => [
      { tag: 'script', attrs: { type: 'module', src: `/@id/__x00__${MODULE_ID}` }, injectTo: 'body' },
    ],
  };
}

function moduleCode(source: string | undefined, hotkey: string): string {
  return `
import { disposeSymbol } from 'poise/core';
import { mountOverlay } from 'poise/overlay';
${source ? `import { overlaySource } from ${JSON.stringify(source)};` : 'const overlaySource = {};'}
const overlay = mountOverlay(overlaySource, { hotkey: ${JSON.stringify(hotkey)} });
import.meta.hot?.accept();
import.meta.hot?.dispose(() => overlay[disposeSymbol]());
`;
}
