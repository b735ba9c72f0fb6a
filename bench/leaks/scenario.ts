import type { MemoryOptimizer } from '../../src/memory/index.js';
import type { Random } from './random.js';

/** The page that a scenario plays on. */
export interface World {
  readonly random: Random;
  readonly optimizer: MemoryOptimizer;
  /** In the document; emptied after the run. */
  readonly root: HTMLElement;
  /** Runs after the scenario, so that the next one finds the page as it was. */
  onEnd(cleanUp: () => void): void;
}

/** What the app does in one page second. */
export type Tick = (second: number) => void;

/** A page with a known answer. */
export interface Scenario {
  readonly name: string;
  readonly leaks: boolean;
  /** Sets the app up. What the returned tick refers to lives as long as the page. */
  readonly start: (world: World) => Tick;
}

export const KB = 1_024;
export const MB = 1_048_576;

/** About so many bytes of script heap, as numbers that are no small integers. */
export function data(bytes: number): number[] {
  return new Array<number>(Math.max(1, Math.round(bytes / 8))).fill(0.5);
}

/** A string of about so many bytes that shares nothing with another. */
export function text(random: Random, bytes: number): string {
  const piece = random.next().toString(36).slice(2);
  const whole = piece.repeat(Math.ceil(bytes / piece.length));
  // Asking for a character makes one flat string of the pieces.
  whole.charCodeAt(whole.length - 1);
  return whole;
}

/** Bytes a page second for a growth a minute. */
export const aSecond = (perMinute: number): number => perMinute / 60;
