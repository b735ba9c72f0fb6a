import { merge, Observable } from 'rxjs';
import { detectEnvironment, type Environment } from '../core/environment.js';
import type { Milliseconds, MonotonicMs } from '../core/units.js';
import { observePerformance } from './performance-observable.js';

/** A change of view inside one document, started by the user, that changed the URL and painted something. */
export interface SoftNavigation {
  readonly navigationId: number;
  readonly url: string;
  /** When the interaction that led here began. */
  readonly startTime: MonotonicMs;
  /** From there to the first paint of the new view. */
  readonly firstPaintMs: Milliseconds;
  /** From there to its largest paint so far; `undefined` until one is told. */
  readonly largestPaintMs: Milliseconds | undefined;
}

/** https://wicg.github.io/soft-navigations/, as far as poise reads it. */
interface NavigationEntry extends PerformanceEntry {
  readonly navigationId: number;
  readonly presentationTime?: number | null;
  readonly paintTime?: number;
}

interface ContentfulPaintEntry extends NavigationEntry {
  readonly largestContentfulPaint?: { readonly size: number };
}

const isNavigationEntry = (entry: PerformanceEntry): entry is ContentfulPaintEntry => 'navigationId' in entry;

const SOFT_NAVIGATION = 'soft-navigation';
const PAINT = 'interaction-contentful-paint';

/** A view that is being painted. */
interface View {
  readonly navigationId: number;
  /** Of its largest paint so far. */
  readonly size: number;
  readonly largestPaintMs: Milliseconds;
}

/**
 * Soft navigations, each again when a larger paint of it follows. Paints of the newest view alone are followed.
 * Completes where the browser does not tell them (all but Chromium, 2026).
 */
export function observeSoftNavigations(environment: Environment = detectEnvironment()): Observable<SoftNavigation> {
  return new Observable((subscriber) => {
    let current: SoftNavigation | undefined;
    /** Paints come before the navigation that they make. */
    let painting: View | undefined;
    const entries$ = merge(observePerformance(PAINT, environment), observePerformance(SOFT_NAVIGATION, environment));
    return entries$.subscribe({
      next: (entry) => {
        if (!isNavigationEntry(entry)) return;
        const { navigationId, startTime } = entry;
        if (entry.entryType === SOFT_NAVIGATION) {
          const largestPaintMs = painting?.navigationId === navigationId ? painting.largestPaintMs : undefined;
          current = { navigationId, url: entry.name, startTime, firstPaintMs: paintedAfter(entry), largestPaintMs };
          subscriber.next(current);
          return;
        }
        const { size } = entry.largestContentfulPaint ?? { size: 0 };
        if (painting?.navigationId === navigationId && painting.size >= size) return;
        painting = { navigationId, size, largestPaintMs: paintedAfter(entry) };
        if (current?.navigationId !== navigationId) return;
        current = { ...current, largestPaintMs: painting.largestPaintMs };
        subscriber.next(current);
      },
      complete: () => subscriber.complete(),
    });
  });
}

/** When it was on the screen, or where the browser does not tell that, painted. */
function paintedAfter(entry: NavigationEntry): Milliseconds {
  return (entry.presentationTime ?? entry.paintTime ?? entry.startTime + entry.duration) - entry.startTime;
}
