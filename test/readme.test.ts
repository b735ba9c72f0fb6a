import { expect, test } from 'vitest';
import readme from '../README.md?raw';
import throttleUrl from '../src/throttle/index.ts?url';

test("the README's example works when it is pasted", async () => {
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const pasted = example.replace("'poise/throttle'", `'${new URL(throttleUrl, location.href)}'`);
  const intervals: ReturnType<typeof setInterval>[] = [];
  const { setInterval: original } = window;
  window.setInterval = new Proxy(original, {
    apply(target, self, args) {
      const id: ReturnType<typeof setInterval> = Reflect.apply(target, self, args);
      intervals.push(id);
      return id;
    },
  });
  const url = URL.createObjectURL(new Blob([pasted], { type: 'text/javascript' }));
  try {
    await import(/* @vite-ignore */ url);
    await expect.poll(() => document.querySelector('output')?.textContent).toMatch(/^0\.\d{4}$/);
  } finally {
    window.setInterval = original;
    URL.revokeObjectURL(url);
    for (const id of intervals) clearInterval(id);
    document.querySelector('output')?.remove();
    // The example never stops its throttler; with nothing to do it comes to rest by itself.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
});
