import type { Batch, FloodSettings, FrameSample, FromEmitter, ToEmitter } from './emitter-protocol.js';

type OnUpdate = (cell: number, sequence: number) => void;

/** The page's end of the flood's worker. */
export class Emitter {
  readonly #worker = new Worker(new URL('./emitter.worker.ts', import.meta.url), { type: 'module' });
  readonly #onUpdate: OnUpdate;

  constructor(onUpdate: OnUpdate) {
    this.#onUpdate = onUpdate;
  }

  start(settings: FloodSettings): void {
    this.#worker.onmessage = ({ data }: MessageEvent<FromEmitter>) => {
      if (data.type === 'batch') this.#deliver(data);
    };
    this.#send({ type: 'start', settings });
  }

  /** Ends the flood and answers with the staleness at those frames. Batches still on their way are dropped. */
  async judge(samples: readonly FrameSample[]): Promise<number> {
    const verdict = new Promise<number>((resolve) => {
      this.#worker.onmessage = ({ data }: MessageEvent<FromEmitter>) => {
        if (data.type === 'verdict') resolve(data.stalenessP95Ms);
      };
    });
    this.#send({ type: 'judge', samples });
    return await verdict;
  }

  stop(): void {
    this.#worker.terminate();
  }

  #deliver({ cells, sequences }: Batch): void {
    for (let at = 0; at < cells.length; at++) this.#onUpdate(cells[at] ?? 0, sequences[at] ?? 0);
  }

  #send(message: ToEmitter): void {
    this.#worker.postMessage(message);
  }
}
