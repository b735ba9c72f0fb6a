import { Emissions } from './emissions.js';
import type { FloodSettings, FromEmitter, ToEmitter } from './emitter-protocol.js';

/** The flood's source: on a thread of its own, so that a busy page cannot slow it. */
const MIN_TICK_MS = 1;
const MAX_TICK_MS = 4;

const port: { postMessage(message: FromEmitter): void } = self;
let emissions: Emissions | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

self.addEventListener('message', ({ data }: MessageEvent<ToEmitter>) => {
  if (data.type === 'start') {
    emissions = start(data.settings);
    return;
  }
  clearTimeout(timer);
  port.postMessage({ type: 'verdict', stalenessP95Ms: emissions?.stalenessP95(data.samples) ?? Number.NaN });
});

function start({ cells, updatesPerSecond }: FloodSettings): Emissions {
  const made = new Emissions(cells);
  const began = performance.now();
  let sent = 0;
  const tick = (): void => {
    const now = performance.now();
    const due = Math.floor(((now - began) / 1_000) * updatesPerSecond) - sent;
    sent += due;
    port.postMessage({ type: 'batch', ...made.emit(due, performance.timeOrigin + now) });
    timer = setTimeout(tick, MIN_TICK_MS + Math.random() * (MAX_TICK_MS - MIN_TICK_MS));
  };
  tick();
  return made;
}
