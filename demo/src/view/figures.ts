import { byId } from './dom.js';
import { Figure } from './figure.js';
import { formatCount, formatDuration } from './format.js';

/** What happened in the last second. */
export interface Figures {
  readonly requestsPerSecond: number;
  readonly paintsPerSecond: number;
  /** `undefined` where nothing coalesces: unthrottled. */
  readonly coalescedPerSecond: number | undefined;
  /** `undefined` while no frames are watched. */
  readonly framesPerSecond: number | undefined;
  readonly longestFrameMs: number | undefined;
  /** From the server's sending to the page's taking in. */
  readonly behindMs: number;
}

/** A frame longer than this is felt, and a page further behind than this is not live. */
const BAD_FRAME_MS = 100;
const BAD_BEHIND_MS = 1_000;
const BAD_FPS = 30;

/** The row of key figures. */
export class FiguresView {
  readonly #requests = new Figure({
    label: 'Requests in',
    hint: 'Requests that the feed brought in the last second',
    floor: 100,
  });
  readonly #paints = new Figure({
    label: 'Updates painted',
    hint: 'Rows and lists written to the page in the last second',
    floor: 100,
  });
  readonly #coalesced = new Figure({
    label: 'Coalesced',
    hint: 'Updates in the last second that a newer one of the same row made unnecessary',
    floor: 100,
  });
  readonly #fps = new Figure({ label: 'Frames', hint: 'Frames that the page delivered a second', floor: 60 });
  readonly #longest = new Figure({
    label: 'Longest frame',
    hint: 'The longest time between two frames in the last second',
    floor: 50,
  });
  readonly #behind = new Figure({
    label: 'Behind',
    hint: 'How old the newest request was when the page took it in',
    floor: 100,
  });
  readonly #all = [this.#requests, this.#paints, this.#coalesced, this.#fps, this.#longest, this.#behind];

  constructor() {
    byId('figures', HTMLElement).append(...this.#all.map(({ element }) => element));
    // The lines are drawn in pixels, so they follow the appearance and the size only when redrawn.
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.redraw());
  }

  show({
    requestsPerSecond,
    paintsPerSecond,
    coalescedPerSecond,
    framesPerSecond,
    longestFrameMs,
    behindMs,
  }: Figures): void {
    this.#requests.show(formatCount(requestsPerSecond), '/s', requestsPerSecond);
    this.#paints.show(formatCount(paintsPerSecond), '/s', paintsPerSecond);
    this.#coalesced.show(
      coalescedPerSecond === undefined ? '–' : formatCount(coalescedPerSecond),
      coalescedPerSecond === undefined ? '' : '/s',
      coalescedPerSecond ?? 0,
    );
    const fps = framesPerSecond ?? 0;
    this.#fps.show(
      framesPerSecond === undefined ? '–' : formatCount(fps),
      'fps',
      fps,
      framesPerSecond !== undefined && fps < BAD_FPS ? 'bad' : 'plain',
    );
    const longest = formatDuration(longestFrameMs ?? 0);
    this.#longest.show(
      longestFrameMs === undefined ? '–' : longest.value,
      longest.unit,
      longestFrameMs ?? 0,
      (longestFrameMs ?? 0) > BAD_FRAME_MS ? 'bad' : 'plain',
    );
    const behind = formatDuration(behindMs);
    this.#behind.show(behind.value, behind.unit, behindMs, behindMs > BAD_BEHIND_MS ? 'bad' : 'plain');
  }

  redraw(): void {
    for (const figure of this.#all) figure.redraw();
  }
}
