import { Observable } from 'rxjs';
import { detectEnvironment, type Environment } from '../core/environment.js';
import { PoiseError } from '../core/errors.js';
import { toWebVital, type WebVital, type WebVitalName } from './web-vital.js';

/** How web vitals are told. */
export interface WebVitalsOptions {
  /**
   * Whether every change is told as it happens, as a live view needs; otherwise each vital once, when it can't change
   * any more or the page is hidden, as a report needs. Default true.
   */
  readonly reportAllChanges?: boolean;
  readonly environment?: Environment;
}

/** What web-vitals tells on this page, for whoever listens. It stands on the window, since web-vitals can't be stopped. */
interface Hub {
  /** The newest of each, for who comes later. */
  readonly latest: Map<WebVitalName, WebVital>;
  readonly listeners: Set<(vital: WebVital) => void>;
  readonly loaded: Promise<void>;
}

/** Registered names, so that two copies of poise on one page share one set of observers. */
const HUB_ALL = Symbol.for('poise.web-vitals.1.all');
const HUB_FINAL = Symbol.for('poise.web-vitals.1.final');

/** Which of the vitals this browser can tell; the others never come. */
export function supportedWebVitals({
  document,
  PerformanceObserver,
}: Pick<Environment, 'document' | 'PerformanceObserver'>): readonly WebVitalName[] {
  const types = PerformanceObserver?.supportedEntryTypes ?? [];
  if (!document?.defaultView) return [];
  const supported: Record<WebVitalName, boolean> = {
    LCP: types.includes('largest-contentful-paint'),
    INP: types.includes('event') && hasInteractionIds(document.defaultView),
    CLS: types.includes('layout-shift'),
    FCP: types.includes('paint'),
    TTFB: types.includes('navigation'),
  };
  return NAMES.filter((name) => supported[name]);
}

const NAMES: readonly WebVitalName[] = ['LCP', 'INP', 'CLS', 'FCP', 'TTFB'];

function hasInteractionIds(window: Window): boolean {
  const Timing: unknown = Reflect.get(window, 'PerformanceEventTiming');
  return typeof Timing === 'function' && 'interactionId' in Object(Timing.prototype);
}

/**
 * LCP, INP, CLS, FCP and TTFB with attribution, measured by web-vitals (https://github.com/GoogleChrome/web-vitals),
 * which is loaded on the first subscription. What is known already comes at once.
 *
 * web-vitals can't be stopped: it registers its observers and listeners once a page (once for each of the two ways of
 * reporting that is used) and they stay. However often this is subscribed to they do not multiply, and while nobody
 * listens they only keep the newest value of each vital.
 * Completes where the browser tells none of them; errors with a PoiseError when web-vitals can't be loaded.
 */
export function observeWebVitals(options: WebVitalsOptions = {}): Observable<WebVital> {
  const { reportAllChanges = true, environment = detectEnvironment() } = options;
  return new Observable((subscriber) => {
    const window = environment.document?.defaultView;
    if (!window || supportedWebVitals(environment).length === 0) {
      subscriber.complete();
      return;
    }
    const listener = (vital: WebVital) => subscriber.next(vital);
    const hub = openHub(window, reportAllChanges);
    for (const vital of hub.latest.values()) listener(vital);
    hub.listeners.add(listener);
    hub.loaded.catch((cause: unknown) => {
      subscriber.error(new PoiseError('POISE_WEB_VITALS', 'web-vitals could not be loaded', { cause }));
    });
    return () => hub.listeners.delete(listener);
  });
}

function openHub(window: Window, reportAllChanges: boolean): Hub {
  const key = reportAllChanges ? HUB_ALL : HUB_FINAL;
  const found: unknown = Reflect.get(window, key);
  if (isHub(found)) return found;
  const latest: Hub['latest'] = new Map();
  const listeners: Hub['listeners'] = new Set();
  const loaded = register(reportAllChanges, (vital) => {
    latest.set(vital.name, vital);
    for (const listener of listeners) listener(vital);
  });
  const hub: Hub = { latest, listeners, loaded };
  Object.defineProperty(window, key, { value: hub, configurable: true });
  // The next subscription tries again.
  loaded.catch(() => Reflect.deleteProperty(window, key));
  return hub;
}

async function register(reportAllChanges: boolean, tell: (vital: WebVital) => void): Promise<void> {
  const { onCLS, onFCP, onINP, onLCP, onTTFB } = await import('web-vitals/attribution');
  for (const on of [onTTFB, onFCP, onLCP, onCLS, onINP]) on((metric) => tell(toWebVital(metric)), { reportAllChanges });
}

const isHub = (value: unknown): value is Hub => typeof value === 'object' && value !== null && 'listeners' in value;
