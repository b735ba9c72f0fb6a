import { expect, test, vi } from 'vitest';
import { asyncDisposeSymbol } from '../../src/core/index.js';
import { ResourceManager } from '../../src/resources/index.js';

const supported = new ResourceManager().stats.temporaryFiles === 'supported';

/** A page of its own, with poise in it and a temporary file that it has written. */
async function openPage(): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<script>
    (async () => {
      const { ResourceManager } = await import(${JSON.stringify(new URL('../../src/resources/index.ts', import.meta.url).href)});
      const file = new ResourceManager().temporary('file');
      await file.write('mine');
      onmessage = async ({ ports }) => ports[0].postMessage(await (await file.read()).text().catch(String));
      parent.postMessage('written');
    })().catch((error) => parent.postMessage(String(error)));
  </script>`;
  const told = new Promise((resolve) => {
    addEventListener('message', ({ data }) => resolve(data), { once: true });
  });
  document.body.append(frame);
  expect(await told).toBe('written');
  return frame;
}

/** What the page's own file holds, as it sees it. */
function ask(frame: HTMLIFrameElement): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  frame.contentWindow?.postMessage('read', '*', [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      resolve(data);
    };
  });
}

async function sessions(): Promise<number> {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('poise-temporary', { create: true });
  let count = 0;
  for await (const _ of root.keys()) count++;
  return count;
}

test.runIf(supported)(
  'start removes the files of pages that are gone, and no living one',
  { timeout: 20_000 },
  async () => {
    const [killed, living] = [await openPage(), await openPage()];
    expect(await sessions()).toBe(2);
    // The page goes without a chance to clean up.
    killed.remove();
    expect(await sessions()).toBe(2);

    const manager = new ResourceManager();
    const mine = manager.temporary('file');
    await mine.write('this page');
    manager.start();
    await vi.waitFor(
      async () => {
        // The browser lets go of a lock some time after its page has gone.
        await manager.cleanLeftovers();
        expect(manager.stats.leftoversRemoved).toBe(1);
      },
      { timeout: 10_000 },
    );
    expect(await ask(living)).toBe('mine');
    expect(await (await mine.read()).text()).toBe('this page');
    expect(await sessions()).toBe(2);

    living.remove();
    await vi.waitFor(async () => expect(await manager.cleanLeftovers()).toBe(1), { timeout: 10_000 });
    await manager[asyncDisposeSymbol]();
    expect(await sessions()).toBe(0);
  },
);

test.runIf(supported)('start does so by itself', { timeout: 20_000 }, async () => {
  (await openPage()).remove();
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]), { timeout: 10_000 });
  const manager = new ResourceManager();
  manager.start();
  await vi.waitFor(() => expect(manager.stats.leftoversRemoved).toBe(1), { timeout: 10_000 });
  expect(await sessions()).toBe(0);
  await manager[asyncDisposeSymbol]();
});

test.runIf(!supported)('without a file system there is nothing to remove', async () => {
  expect(await new ResourceManager().cleanLeftovers()).toBe(0);
});
