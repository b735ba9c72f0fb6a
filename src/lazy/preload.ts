import type { Clock } from '../core/clock.js';
import type { Teardown } from '../core/disposer.js';
import type { Environment } from '../core/environment.js';
import { whenIdle } from '../core/scheduling.js';
import type { Milliseconds } from '../core/units.js';

export interface IdlePreload {
  /** At the latest after this, busy or not. Default 5,000. */
  readonly timeoutMs?: Milliseconds | undefined;
}

export interface VisiblePreload {
  /** How far from the viewport counts as visible, as in CSS. Default '200px'. */
  readonly rootMargin?: string | undefined;
}

/** What a user does right before a click or a tap. */
const INTENTS = ['pointerenter', 'focusin', 'touchstart'] as const;

/** Calls `load` once when the main thread has time. */
export function onIdle(
  load: () => void,
  { timeoutMs = 5_000 }: IdlePreload,
  clock: Clock,
  environment: Environment,
): Teardown {
  return whenIdle(load, timeoutMs, clock, environment);
}

/** Calls `load` once when the element comes near the viewport; at once where the browser can't tell. */
export function onVisible(
  load: () => void,
  element: Element,
  { rootMargin = '200px' }: VisiblePreload,
  { IntersectionObserver: Observer }: Environment,
): Teardown {
  if (!Observer) {
    load();
    return () => undefined;
  }
  const observer = new Observer(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      load();
    },
    { rootMargin },
  );
  // The observer holds its elements weakly (https://w3c.github.io/IntersectionObserver/#lifetime), and so do we.
  observer.observe(element);
  return () => observer.disconnect();
}

/** Calls `load` at every sign that the user is about to use the element, until it is cancelled. */
export function onIntent(load: () => void, element: Element): Teardown {
  for (const type of INTENTS) element.addEventListener(type, load, { passive: true });
  const held = new WeakRef(element);
  return () => {
    for (const type of INTENTS) held.deref()?.removeEventListener(type, load);
  };
}
