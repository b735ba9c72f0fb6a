import { Subject } from 'rxjs';
import { expect } from 'vitest';
import type { FrameSample } from '../../src/collect/frames.js';
import type { LongFrame } from '../../src/collect/long-frames.js';
import { mountOverlay, type Overlay, type OverlayOptions } from '../../src/overlay/mount-overlay.js';
import type { OverlaySource } from '../../src/overlay/overlay-source.js';

/** The root of the window that is open. */
export function rootOf(): ShadowRoot {
  const root = document.querySelector('poise-overlay-window')?.shadowRoot;
  if (!root) throw new Error('the overlay is not open');
  return root;
}

export const panelText = (): string => rootOf().querySelector('#panel')?.textContent ?? '';
export const statusText = (): string => rootOf().querySelector('[role="status"]')?.textContent ?? '';
export const tabs = (): HTMLElement[] => [...rootOf().querySelectorAll<HTMLElement>('[role="tab"]')];

/** One of a panel's figures, by its label. */
export function figure(label: string): string | undefined {
  const names = [...rootOf().querySelectorAll('.stat dt')];
  return names.find(({ textContent }) => textContent?.trim() === label)?.nextElementSibling?.textContent?.trim();
}

/** Presses the button with that text or name, as a script does. */
export function pressButton(name: string): void {
  const button = [...rootOf().querySelectorAll('button')].find(
    (candidate) => candidate.textContent?.trim() === name || candidate.getAttribute('aria-label') === name,
  );
  if (!button) throw new Error(`no button "${name}"`);
  button.click();
}

/** An overlay over `source` without frames of its own; a test can send some. */
export function overlayOver(source: OverlaySource, options: Partial<OverlayOptions> = {}): Overlay {
  const quiet = { frames$: new Subject<FrameSample>(), longFrames$: new Subject<LongFrame>() };
  return mountOverlay({ ...quiet, ...source }, options);
}

/** Opens a panel and waits until it is there. */
export async function openPanel(overlay: Overlay, id: string): Promise<void> {
  await overlay.open(id);
  await expect.poll(() => rootOf().querySelector('[aria-selected="true"]')?.id).toBe(`tab-${id}`);
  await expect.poll(panelText).not.toBe('Loading');
}
