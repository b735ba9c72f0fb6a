import { expect, onTestFinished, test } from 'vitest';
import readme from '../README.md?raw';

// Every block that runs in a page runs here, in a frame of its own, with poise from src (test/support/readme-blocks.ts).
const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  .map(([, language = '', code = ''], index) => ({ language, code, index, title: code.split('\n')[0] ?? '' }))
  // What belongs to a bundler runs where the bundlers do (test/node/consumers.test.ts).
  .filter(({ language, code }) => ['js', 'jsx', 'ts'].includes(language) && !code.startsWith('// vite.config'));

/** Runs a block to its end, and gives the document that it ran in. */
async function runBlock({ index, language }: { index: number; language: string }): Promise<Document> {
  const frame = document.createElement('iframe');
  frame.srcdoc = '<!doctype html><body></body>';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  await loaded;
  const { contentWindow: page, contentDocument } = frame;
  if (!page || !contentDocument) throw new Error('the frame has no page');
  // Vitest has every import() go through this.
  const runner = '__vitest_browser_runner__';
  Reflect.set(page, runner, Reflect.get(window, runner));
  const script = contentDocument.createElement('script');
  script.type = 'module';
  script.src = `${location.origin}/readme-block/${index}.${language}`;
  const ran = new Promise((resolve, reject) => {
    page.addEventListener('ran', resolve);
    page.addEventListener('error', ({ message }) => reject(new Error(message)));
    page.addEventListener('unhandledrejection', ({ reason }) => reject(reason));
    script.addEventListener('error', () => reject(new Error('the block could not be loaded')));
  });
  contentDocument.body.append(script);
  await ran;
  return contentDocument;
}

/** What a reader of the block expects to see. */
const SEEN: Readonly<Record<string, RegExp>> = {
  "import { UpdateThrottler } from 'poise/throttle';": /0\.\d{4}/,
  "import { EventProcessor } from 'poise/throttle';": /\/api\/999/,
  "import { useState } from 'react';": /0/,
};

test.each(blocks)(
  'the README: $title',
  async (block) => {
    const page = await runBlock(block);
    const seen = SEEN[block.title];
    if (seen) await expect.poll(() => page.body.textContent, { timeout: 5_000 }).toMatch(seen);
  },
  30_000,
);

test('the README has its recipes', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(6);
});
