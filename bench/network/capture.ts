/** A tool that captures what the page fetches. */
export interface Capture {
  /** How many requests it has told of; undefined where it keeps that to itself. */
  seen?(): number;
}

/** Begins to capture. Its code is loaded before. */
export type StartCapture = () => Capture;
