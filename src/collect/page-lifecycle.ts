import { Observable } from 'rxjs';
import { type Clock, SystemClock } from '../core/clock.js';
import { Disposer } from '../core/disposer.js';
import { detectEnvironment, type Environment } from '../core/environment.js';
import type { MonotonicMs } from '../core/units.js';

/** What the browser lets a page do (https://wicg.github.io/page-lifecycle/). */
export const PageState = {
  /** Seen, and has the focus. */
  ACTIVE: 'active',
  /** Seen, without the focus. */
  PASSIVE: 'passive',
  HIDDEN: 'hidden',
  /** Nothing runs until it is resumed, or restored from the back/forward cache. */
  FROZEN: 'frozen',
  /** Being unloaded. */
  TERMINATED: 'terminated',
} as const;
export type PageState = (typeof PageState)[keyof typeof PageState];

/** A change of a page's state. */
export interface PageLifecycleChange {
  readonly state: PageState;
  /** `undefined` for the first. */
  readonly previous: PageState | undefined;
  /** The event that told it; 'start' for the state at the subscription. */
  readonly cause: string;
  readonly time: MonotonicMs;
  /** Whether the page has just come back from the back/forward cache. */
  readonly restored: boolean;
  /** Whether this page replaces one that the browser had discarded for want of memory. */
  readonly discarded: boolean;
}

/** The platform; each has a default. */
export interface PageLifecycleOptions {
  readonly clock?: Clock;
  readonly environment?: Environment;
}

/** https://wicg.github.io/page-lifecycle/#sec-document-interface */
interface LifecycleDocument extends Document {
  readonly wasDiscarded?: boolean;
}

const DOCUMENT_EVENTS = ['visibilitychange', 'freeze', 'resume'];
const WINDOW_EVENTS = ['focus', 'blur', 'pagehide', 'pageshow'];

/** The page's state, now and at each change. Completes where there is no page. */
export function observePageLifecycle(options: PageLifecycleOptions = {}): Observable<PageLifecycleChange> {
  const { clock = new SystemClock(), environment = detectEnvironment() } = options;
  return new Observable((subscriber) => {
    const document: LifecycleDocument | undefined = environment.document;
    const window = document?.defaultView;
    if (!document || !window) {
      subscriber.complete();
      return;
    }
    const discarded = document.wasDiscarded === true;
    let previous: PageState | undefined;
    const tell = (cause: string, restored: boolean, state = stateAfter(cause, document)) => {
      if (state === previous && !restored) return;
      subscriber.next({ state, previous, cause, time: clock.now(), restored, discarded });
      previous = state;
    };
    const onEvent = (event: Event) => {
      const persisted = isTransition(event) && event.persisted;
      if (event.type === 'pagehide') {
        tell(event.type, false, persisted ? PageState.FROZEN : PageState.TERMINATED);
      } else if (previous !== PageState.TERMINATED || event.type === 'pageshow') {
        // A page on its way out tells of being hidden as well.
        tell(event.type, event.type === 'pageshow' && persisted);
      }
    };
    tell('start', false);
    const disposer = new Disposer();
    for (const type of DOCUMENT_EVENTS) disposer.listen(document, type, onEvent, { capture: true });
    for (const type of WINDOW_EVENTS) disposer.listen(window, type, onEvent, { capture: true });
    return () => disposer.dispose();
  });
}

const isTransition = (event: Event): event is PageTransitionEvent => 'persisted' in event;

function stateAfter(cause: string, document: Document): PageState {
  if (cause === 'freeze') return PageState.FROZEN;
  if (document.visibilityState === 'hidden') return PageState.HIDDEN;
  return document.hasFocus() ? PageState.ACTIVE : PageState.PASSIVE;
}
