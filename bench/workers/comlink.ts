import { releaseProxy, transfer, wrap } from 'comlink';
import type { ComlinkTasks } from './comlink.worker.js';
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
    many: async (count, ms) => {
      let begun = 0;
      let done = 0;
      const lane = async (remote: typeof first) => {
        while (begun++ < count) {
          await remote.work(ms);
          done++;
        }
      };
      await Promise.all(remotes.flatMap((remote) => Array.from({ length: IN_FLIGHT }, () => lane(remote))));
      return done;
    },
    close: () => {
      for (const remote of remotes) remote[releaseProxy]();
      for (const worker of workers) worker.terminate();
    },
  };
};
