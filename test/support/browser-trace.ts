import type { Browser, Page } from 'playwright';

/** One event of Chromium's trace (https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU). */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly args: {
    readonly frame?: string;
    readonly data?: Readonly<Record<string, unknown>>;
    readonly frame_reporter?: { readonly frame_sequence: number; readonly state: string };
  };
}

/** What the browser itself recorded of one page, in milliseconds since its navigation began. */
export interface BrowserTrace {
  readonly fcpMs: number;
  readonly lcpMs: number;
  /** By the rules of the metric: the largest burst of shifts at most 1 s apart and 5 s long, without those after input. */
  readonly cls: number;
  /** The longest interaction. */
  readonly inpMs: number;
  /** Frames of the display between two marks of the page: which showed what the page's main thread made for them. */
  frames(startMark: string, endMark: string): { readonly delivered: number; readonly dropped: number };
}

const CATEGORIES = ['loading', 'blink.user_timing', 'devtools.timeline', 'cc', 'benchmark'];

/** Records what the browser does while `use` runs in a page. */
export async function traceBrowser(browser: Browser, page: Page, use: () => Promise<void>): Promise<BrowserTrace> {
  await browser.startTracing(page, { categories: [...CATEGORIES, 'devtools.timeline.frame'] });
  await use();
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString());
  return readTrace(traceEvents, page.url());
}

function readTrace(all: readonly TraceEvent[], url: string): BrowserTrace {
  const start = all.find(({ name, args }) => name === 'navigationStart' && args.data?.['documentLoaderURL'] === url);
  if (!start) throw new Error(`the trace has no navigation to ${url}`);
  const events = all.filter(({ pid }) => pid === start.pid);
  const since = ({ ts }: TraceEvent) => (ts - start.ts) / 1_000;
  const named = (name: string) => events.filter((event) => event.name === name && event.ts >= start.ts);
  const last = (name: string) => since(named(name).at(-1) ?? start);
  return {
    fcpMs: last('firstContentfulPaint'),
    lcpMs: last('largestContentfulPaint::Candidate'),
    cls: layoutShift(named('LayoutShift'), since),
    inpMs: Math.max(
      0,
      ...named('EventTiming').map(({ args }) => (args.data?.['interactionId'] ? Number(args.data['duration']) : 0)),
    ),
    frames: (startMark, endMark) => {
      const [from, to] = [last(startMark), last(endMark)];
      return countFrames(named('PipelineReporter').filter((event) => since(event) >= from && since(event) <= to));
    },
  };
}

function layoutShift(shifts: readonly TraceEvent[], since: (event: TraceEvent) => number): number {
  let [largest, burst, began, before] = [0, 0, 0, 0];
  for (const shift of shifts) {
    if (shift.args.data?.['had_recent_input']) continue;
    const at = since(shift);
    if (burst === 0 || at - before >= 1_000 || at - began >= 5_000) [burst, began] = [0, at];
    burst += Number(shift.args.data?.['weighted_score_delta']);
    before = at;
    largest = Math.max(largest, burst);
  }
  return largest;
}

/** One frame of the display has up to two reports: of the compositor and of the main thread, which may come late. */
function countFrames(reports: readonly TraceEvent[]): { delivered: number; dropped: number } {
  const frames = new Map<number, boolean>();
  for (const { args } of reports) {
    const report = args.frame_reporter;
    if (!report || report.state === 'STATE_NO_UPDATE_DESIRED') continue;
    const complete = report.state === 'STATE_PRESENTED_ALL';
    frames.set(report.frame_sequence, complete || frames.get(report.frame_sequence) === true);
  }
  const delivered = [...frames.values()].filter(Boolean).length;
  return { delivered, dropped: frames.size - delivered };
}
