import { throttleStore, useThrottledStore, useThrottledValue } from 'poise/react';
import { UpdateThrottler } from 'poise/throttle';
import { createElement, StrictMode, startTransition, useLayoutEffect, useState, version } from 'react';
import { createRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';

const CELLS = Array.from({ length: 20 }, (_, n) => n);
const LAST = 300;

let price = 0;
const listeners = new Set();
const prices = {
  subscribe(onChange) {
    listeners.add(onChange);
    return () => listeners.delete(onChange);
  },
  getSnapshot: () => price,
};
const throttler = new UpdateThrottler({ maxUpdatesPerSecond: 30 });
const store = throttleStore(prices, throttler);
const torn = [];

function Cell() {
  const shown = useThrottledStore(store);
  // Slow enough that React yields between cells while it renders a transition.
  const until = performance.now() + 2;
  while (performance.now() < until);
  return createElement('output', null, shown);
}

function Text({ value }) {
  return createElement('b', null, useThrottledValue(value));
}

let turn;
function App() {
  const [count, setCount] = useState(0);
  turn = setCount;
  useLayoutEffect(() => {
    const seen = new Set([...document.querySelectorAll('output')].map((cell) => cell.textContent));
    if (seen.size > 1) torn.push([...seen]);
  });
  return createElement(
    'div',
    null,
    CELLS.map((n) => createElement(Cell, { key: n })),
    createElement(Text, { value: `turn ${count}` }),
  );
}

window.runApp = async () => {
  const server = renderToString(createElement(StrictMode, null, createElement(App)));
  throttler.start();
  const root = createRoot(document.body.appendChild(document.createElement('main')));
  root.render(createElement(StrictMode, null, createElement(App)));
  for (let n = 1; n <= LAST; n++) {
    price = n;
    for (const listener of [...listeners]) listener();
    if (n % 10 === 0) {
      startTransition(() => turn?.(n));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  const shows = (text) => document.querySelector('main b')?.textContent === text;
  const cells = () => [...document.querySelectorAll('output')];
  while (!shows(`turn ${LAST}`) || cells().some(({ textContent }) => textContent !== String(LAST))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  root.unmount();
  throttler.stop();
  return { version, server: server.includes('<output>0</output>'), torn, left: listeners.size };
};
