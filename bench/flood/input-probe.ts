/** Watches how long real input waits: until its handler runs, and until the frame after it is painted. */
export class InputProbe {
  readonly handlerDelays: number[] = [];
  readonly paintDelays: number[] = [];
  #unpainted: number[] = [];
  readonly #abort = new AbortController();

  constructor() {
    const { signal } = this.#abort;
    for (const type of ['keydown', 'keyup', 'pointerdown', 'pointerup']) {
      document.addEventListener(type, (event) => this.#answer(event), { signal });
    }
  }

  /** To be called right before each paint. */
  beforePaint(): void {
    const now = performance.now();
    for (const time of this.#unpainted) this.paintDelays.push(now - time);
    this.#unpainted = [];
  }

  stop(): void {
    this.#abort.abort();
  }

  #answer({ timeStamp }: Event): void {
    this.handlerDelays.push(performance.now() - timeStamp);
    this.#unpainted.push(timeStamp);
  }
}
