const SAMPLES = 60;

/** The last 60 samples of one figure, drawn in the element's own text colour. */
export class Sparkline {
  readonly element = document.createElement('canvas');
  readonly #samples: number[] = [];
  #floor: number;

  /** @param floor the scale reaches at least up to it, so that small wobbles of a steady figure look small. */
  constructor(floor: number) {
    this.#floor = floor;
    this.element.className = 'sparkline';
    this.element.ariaHidden = 'true';
  }

  push(value: number): void {
    this.#samples.push(value);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    this.draw();
  }

  draw(): void {
    const { element } = this;
    const context = element.getContext('2d');
    const width = element.clientWidth;
    const height = element.clientHeight;
    if (!context || width === 0) return;
    const scale = window.devicePixelRatio;
    element.width = Math.round(width * scale);
    element.height = Math.round(height * scale);
    context.scale(scale, scale);
    const top = Math.max(this.#floor, ...this.#samples) * 1.05;
    const x = (index: number) => width - 1 - ((this.#samples.length - 1 - index) * (width - 2)) / (SAMPLES - 1);
    const y = (value: number) => height - 1 - (value / top) * (height - 2);
    const line = new Path2D();
    this.#samples.forEach((value, index) => line.lineTo(x(index), y(value)));
    const area = new Path2D(line);
    area.lineTo(x(this.#samples.length - 1), height);
    area.lineTo(x(0), height);
    const color = getComputedStyle(element).color;
    context.strokeStyle = color;
    context.fillStyle = color;
    context.globalAlpha = 0.12;
    context.fill(area);
    context.globalAlpha = 1;
    context.lineWidth = 1.25;
    context.lineJoin = 'round';
    context.stroke(line);
  }
}
