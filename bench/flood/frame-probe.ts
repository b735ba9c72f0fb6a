/**
 * Calls back once a frame, after every animation frame callback and the layout, right before paint: it changes an
 * element's size at the start of the frame, and resize observers run then (https://drafts.csswg.org/resize-observer/).
 */
export class FrameProbe {
  readonly #element = document.createElement('div');
  readonly #observer: ResizeObserver;
  #frameTime = 0;
  #handle = 0;

  constructor(beforePaint: (frameTime: number) => void) {
    this.#element.style.cssText = 'position: fixed; width: 1px; height: 1px; contain: strict; visibility: hidden';
    this.#observer = new ResizeObserver(() => {
      if (this.#frameTime > 0) beforePaint(this.#frameTime);
    });
    document.body.append(this.#element);
    this.#observer.observe(this.#element);
    this.#handle = requestAnimationFrame(this.#onFrame);
  }

  stop(): void {
    cancelAnimationFrame(this.#handle);
    this.#observer.disconnect();
    this.#element.remove();
  }

  #onFrame = (time: number): void => {
    this.#frameTime = time;
    this.#element.style.width = this.#element.style.width === '1px' ? '2px' : '1px';
    this.#handle = requestAnimationFrame(this.#onFrame);
  };
}
