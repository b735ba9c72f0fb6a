import { releaseProxy, transfer, wrap } from 'comlink';
import type { ComlinkTasks } from './comlink.worker.js';
import { inLanes } from './lanes.js';
import type { Open } from './peer.js';

/** Calls that each worker has at once: enough that it never waits for a message. */
const IN_FLIGHT = 16;

/** Comlink has no pool: as many lanes as may be in flight each take the next call. */
export const comlink: Open = (size) => {
  const workers = Array.from(
    { length: size },
    () => new Worker(new URL('./comlink.worker.ts', import.meta.url), { type: 'module' }),
  );
  const remotes = workers.map((worker) => wrap<ComlinkTasks>(worker));
  const [first] = remotes;
  if (!first) throw new Error('no worker');
  return {
    echo: (value) => first.echo(value),
    move: (buffer) => first.touch(transfer(buffer, [buffer])),
    many: (count, ms) => inLanes(count, IN_FLIGHT * size, async (lane) => await remotes[lane % size]?.work(ms)),
    close: () => {
      for (const remote of remotes) remote[releaseProxy]();
      for (const worker of workers) worker.terminate();
    },
  };
};
