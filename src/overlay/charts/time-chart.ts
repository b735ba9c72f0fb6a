import type uPlot from 'uplot';
import type { Clock } from '../../core/clock.js';
import type { Teardown } from '../../core/disposer.js';
import type { MonotonicMs } from '../../core/units.js';

/** One line of a chart. */
export interface Series {
  readonly label: string;
  /** A colour of the overlay's style sheet: '--accent'; what is filled has a '--accent-soft' as well. */
  readonly color: string;
  /** Fills the area below the line. */
  readonly filled?: boolean;
}

export interface TimeChartOptions {
  /** Says what the chart shows, to screen readers. */
  readonly label: string;
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
}

const SECONDS = 60;
const HEIGHT_PX = 120;
/** Room for the figures at the left, and for the seconds below. */
const Y_AXIS_PX = 52;
const X_AXIS_PX = 24;
const QUARTERS = [0, 0.25, 0.5, 0.75, 1] as const;

/**
 * The newest minute of one or more figures, drawn by uPlot on a canvas. Draws only when it is told a reading.
 * Where uPlot can't be had (it fails to load on a browser whose language is no language), it says so in its place.
 */
export class TimeChart {
  readonly element: HTMLElement = document.createElement('div');
  readonly #options: TimeChartOptions;
  readonly #times: number[] = [];
  readonly #values: (number | null)[][];
  #library: typeof uPlot | undefined;
  #plot: uPlot | undefined;
  #width = 0;
  #disposed = false;
  /** In the next frame, as the chart's own height would come back as a second resize in this one. */
  readonly #resizes = new ResizeObserver(() => {
    this.#cancelFit();
    this.#cancelFit = this.#clock.requestFrame(() => this.#fit());
  });
  readonly #clock: Clock;
  #cancelFit: Teardown = () => undefined;

  constructor(clock: Clock, options: TimeChartOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#values = options.series.map(() => []);
    this.element.className = 'chart';
    this.element.setAttribute('role', 'img');
    this.element.setAttribute('aria-label', options.label);
    import('uplot').then(
      ({ default: library }) => {
        this.#library = library;
        this.#resizes.observe(this.element);
      },
      () => this.#giveUp(),
    );
  }

  /** Adds one reading, oldest ones go; `undefined` leaves a gap. */
  push(at: MonotonicMs, values: readonly (number | undefined)[]): void {
    this.#times.push(at / 1_000);
    this.#values.forEach((line, index) => line.push(values[index] ?? null));
    while ((this.#times[0] ?? 0) < at / 1_000 - SECONDS) {
      this.#times.shift();
      for (const line of this.#values) line.shift();
    }
    this.#plot?.setData([this.#times, ...this.#values]);
  }

  dispose(): void {
    this.#disposed = true;
    this.#resizes.disconnect();
    this.#cancelFit();
    this.#plot?.destroy();
  }

  #fit(): void {
    const width = Math.floor(this.element.clientWidth);
    const Plot = this.#library;
    if (!Plot || this.#disposed || width === 0 || width === this.#width) return;
    this.#width = width;
    if (this.#plot) this.#plot.setSize({ width, height: HEIGHT_PX });
    else this.#make(Plot, width);
  }

  #make(Plot: typeof uPlot, width: number): void {
    try {
      this.#plot = new Plot(this.#layout(width), [this.#times, ...this.#values], this.element);
    } catch {
      this.#giveUp();
    }
  }

  #giveUp(): void {
    this.dispose();
    this.element.textContent = `${this.#options.label}: this browser could not load the chart.`;
  }

  #layout(width: number): uPlot.Options {
    const { series, format } = this.#options;
    // Asked for at each draw: the appearance may have changed.
    const color = (name: string) => () => getComputedStyle(this.element).getPropertyValue(name);
    const axis = {
      stroke: color('--muted'),
      grid: { stroke: color('--line'), width: 1 },
      ticks: { show: false },
      font: '11px system-ui, sans-serif',
    };
    return {
      width,
      height: HEIGHT_PX,
      legend: { show: series.length > 1, live: false },
      cursor: { show: false },
      padding: [8, 16, 0, 0],
      scales: {
        x: { time: false, range: (_plot, _from, to = 0) => [to - SECONDS, to] },
        y: { range: (_plot, _least, most) => [0, Math.max(1, most) * 1.1] },
      },
      axes: [
        {
          ...axis,
          size: X_AXIS_PX,
          splits: (_plot, _axis, from, to) => QUARTERS.map((share) => from + (to - from) * share),
          values: (_plot, splits) => splits.map((at) => sinceNow(at, splits.at(-1) ?? at)),
        },
        { ...axis, size: Y_AXIS_PX, values: (_plot, splits) => splits.map(format) },
      ],
      series: [
        {},
        ...series.map(({ label, color: name, filled }) => ({
          label,
          stroke: color(name),
          width: 1.5,
          points: { show: false },
          ...(filled ? { fill: color(`${name}-soft`) } : {}),
        })),
      ],
    };
  }
}

const sinceNow = (at: number, now: number): string => (now - at < 0.5 ? 'now' : `−${Math.round(now - at)} s`);
