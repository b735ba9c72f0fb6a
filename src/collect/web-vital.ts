import type { MetricWithAttribution } from 'web-vitals/attribution';
import type { Milliseconds, MonotonicMs } from '../core/units.js';

/** How far the document was when something happened (see web-vitals). */
export type LoadState = 'loading' | 'dom-interactive' | 'dom-content-loaded' | 'complete';

/** Where the time to the largest contentful paint went. */
export interface LcpAttribution {
  /** A selector of the element; `undefined` when it is gone and had no id. */
  readonly target: string | undefined;
  /** Of the image, where it is one. */
  readonly url: string | undefined;
  readonly timeToFirstByteMs: Milliseconds;
  readonly resourceLoadDelayMs: Milliseconds;
  readonly resourceLoadDurationMs: Milliseconds;
  readonly elementRenderDelayMs: Milliseconds;
}

/** The script that kept an interaction longest. */
export interface InpScript {
  readonly invoker: string;
  readonly sourceUrl: string;
  readonly functionName: string;
  readonly subpart: 'input-delay' | 'processing-duration' | 'presentation-delay';
  /** How long it ran between the interaction and its paint. */
  readonly intersectingMs: Milliseconds;
}

/** Where the time from an interaction to its paint went. */
export interface InpAttribution {
  /** A selector; empty when the element went with the interaction. */
  readonly target: string;
  readonly type: 'pointer' | 'keyboard';
  readonly time: MonotonicMs;
  readonly inputDelayMs: Milliseconds;
  readonly processingMs: Milliseconds;
  readonly presentationDelayMs: Milliseconds;
  readonly loadState: LoadState;
  /** This and what follows only where long animation frames are reported, and one was in the way. */
  readonly longestScript: InpScript | undefined;
  readonly scriptMs: Milliseconds | undefined;
  readonly styleAndLayoutMs: Milliseconds | undefined;
  readonly paintMs: Milliseconds | undefined;
  readonly unattributedMs: Milliseconds | undefined;
}

/** The largest shift of those that count; all `undefined` while nothing has shifted. */
export interface ClsAttribution {
  readonly target: string | undefined;
  readonly time: MonotonicMs | undefined;
  readonly value: number | undefined;
  readonly loadState: LoadState | undefined;
}

/** Where the time to the first contentful paint went. */
export interface FcpAttribution {
  readonly timeToFirstByteMs: Milliseconds;
  readonly firstByteToFcpMs: Milliseconds;
  readonly loadState: LoadState;
}

/** Where the time to the first byte went. */
export interface TtfbAttribution {
  readonly waitingMs: Milliseconds;
  readonly cacheMs: Milliseconds;
  readonly dnsMs: Milliseconds;
  readonly connectionMs: Milliseconds;
  readonly requestMs: Milliseconds;
}

interface Attributions {
  readonly LCP: LcpAttribution;
  readonly INP: InpAttribution;
  readonly CLS: ClsAttribution;
  readonly FCP: FcpAttribution;
  readonly TTFB: TtfbAttribution;
}
/** As web-vitals names them (https://web.dev/articles/vitals). */
export type WebVitalName = keyof Attributions;

interface Reading<Name extends WebVitalName> {
  readonly name: Name;
  /** Milliseconds; CLS has no unit. */
  readonly value: number;
  readonly rating: 'good' | 'needs-improvement' | 'poor';
  /** What was added since this vital was told last. */
  readonly delta: number;
  /** One visit of the page; a return from the back/forward cache is another. */
  readonly id: string;
  readonly navigationType: 'navigate' | 'reload' | 'back-forward' | 'back-forward-cache' | 'prerender' | 'restore';
  readonly attribution: Attributions[Name];
}

/** One of the web vitals with what made it so, as plain data: it can be cloned, and keeps no element alive. */
export type WebVital = { readonly [Name in WebVitalName]: Reading<Name> }[WebVitalName];

/** Takes out of web-vitals' metric what can be kept: no entries, no nodes. */
export function toWebVital(metric: MetricWithAttribution): WebVital {
  const { value, rating, delta, id, navigationType } = metric;
  const common = { value, rating, delta, id, navigationType };
  switch (metric.name) {
    case 'LCP': {
      const { target, url, timeToFirstByte, resourceLoadDelay, resourceLoadDuration, elementRenderDelay } =
        metric.attribution;
      return {
        ...common,
        name: 'LCP',
        attribution: {
          target,
          url,
          timeToFirstByteMs: timeToFirstByte,
          resourceLoadDelayMs: resourceLoadDelay,
          resourceLoadDurationMs: resourceLoadDuration,
          elementRenderDelayMs: elementRenderDelay,
        },
      };
    }
    case 'INP':
      return { ...common, name: 'INP', attribution: inpAttribution(metric.attribution) };
    case 'CLS': {
      const { largestShiftTarget, largestShiftTime, largestShiftValue, loadState } = metric.attribution;
      return {
        ...common,
        name: 'CLS',
        attribution: { target: largestShiftTarget, time: largestShiftTime, value: largestShiftValue, loadState },
      };
    }
    case 'FCP': {
      const { timeToFirstByte, firstByteToFCP, loadState } = metric.attribution;
      return {
        ...common,
        name: 'FCP',
        attribution: { timeToFirstByteMs: timeToFirstByte, firstByteToFcpMs: firstByteToFCP, loadState },
      };
    }
    case 'TTFB': {
      const { waitingDuration, cacheDuration, dnsDuration, connectionDuration, requestDuration } = metric.attribution;
      return {
        ...common,
        name: 'TTFB',
        attribution: {
          waitingMs: waitingDuration,
          cacheMs: cacheDuration,
          dnsMs: dnsDuration,
          connectionMs: connectionDuration,
          requestMs: requestDuration,
        },
      };
    }
  }
}

function inpAttribution(from: Extract<MetricWithAttribution, { name: 'INP' }>['attribution']): InpAttribution {
  const { longestScript } = from;
  return {
    target: from.interactionTarget ?? '',
    type: from.interactionType,
    time: from.interactionTime,
    inputDelayMs: from.inputDelay,
    processingMs: from.processingDuration,
    presentationDelayMs: from.presentationDelay,
    loadState: from.loadState,
    longestScript: longestScript && {
      invoker: longestScript.entry.invoker ?? '',
      sourceUrl: longestScript.entry.sourceURL ?? '',
      functionName: longestScript.entry.sourceFunctionName ?? '',
      subpart: longestScript.subpart,
      intersectingMs: longestScript.intersectingDuration,
    },
    scriptMs: from.totalScriptDuration,
    styleAndLayoutMs: from.totalStyleAndLayoutDuration,
    paintMs: from.totalPaintDuration,
    unattributedMs: from.totalUnattributedDuration,
  };
}
