import type { TemplateResult } from 'lit';
import type { Clock } from '../../core/clock.js';
import type { FrameLog } from '../frame-log.js';
import type { OverlaySource } from '../overlay-source.js';

/** What a panel is given to look at and to act with. */
export interface PanelContext {
  readonly source: OverlaySource;
  readonly frames: FrameLog;
  readonly clock: Clock;
  /** Draws the panel again: after something was chosen. */
  redraw(): void;
  /** Opens another panel. */
  show(panel: string): void;
  /** Does something, says what it gives (on the page and to screen readers) or why it failed, and draws the panel again. */
  act(work: () => string | Promise<string>): void;
}

/** A panel that was opened. */
export interface PanelView {
  /** Takes one reading, once a second while the overlay is open, shown or not. */
  sample?(): void;
  /** What is shown now; asked for a few times a second while the panel is in view. */
  render(): TemplateResult;
  dispose?(): void;
}

/** One tab of the overlay. Adding one is a file in this folder and a line in panels.ts. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  /** Loads the panel's code, at its first opening. */
  readonly load: () => Promise<(context: PanelContext) => PanelView>;
}
