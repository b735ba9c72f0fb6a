import { detectEnvironment, type Environment } from '../../src/core/index.js';

/** A page of its own inside the page of the tests: what goes wrong or stays behind in it is not the tests' own. */
export interface FramePage extends Disposable {
  readonly window: Window;
  readonly document: Document;
  readonly environment: Environment;
  /** Runs a classic script in it. */
  run(source: string): void;
}

/** It has come over the network, as pages do: this very file, shown as text. */
export async function openFrame(): Promise<FramePage> {
  const frame = document.createElement('iframe');
  frame.style.width = '600px';
  frame.style.height = '300px';
  frame.src = import.meta.url;
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  const { contentWindow: window, contentDocument: inner } = frame;
  if (!window || !inner) throw new Error('the frame has no page');
  return {
    window,
    document: inner,
    environment: { ...detectEnvironment(), document: inner },
    run: (source) => {
      const script = inner.createElement('script');
      script.textContent = source;
      inner.head.append(script);
    },
    [Symbol.dispose ?? Symbol.for('Symbol.dispose')]: () => frame.remove(),
  };
}
