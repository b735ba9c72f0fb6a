import type { Host } from '../harness/bench.js';
import { work } from './busy-page.js';
import type { LoadTool } from './tool.js';

/** What a page does when another asks for it. */
export interface TwinPage {
  work(rounds: number): Promise<void>;
  start(tool: string): Promise<void>;
}

declare global {
  interface Window {
    overheadPage?: TwinPage;
  }
}

/** Rounds of work in a turn, and the pause after it, in which a tool does what it put off. */
const ROUNDS_A_TURN = 2;
const PAUSE_MS = 150;
const WARM_TURNS = 3;
const OPENS_WITHIN_MS = 10_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets the page that this one is in ask it to work. */
export function offerWork(tools: Readonly<Record<string, LoadTool>>): void {
  window.overheadPage = { work, start: async (tool) => void (await (await tools[tool]?.())?.start()) };
}

/**
 * Processor time of the same work in two pages within this one, on one thread, of which one has a tool: in turns, so that a
 * machine whose speed changes is as fast for the one as for the other.
 */
export async function workInTurns(
  { mainThreadCpuMs }: Host,
  tool: string,
  { turns, settleMs }: { readonly turns: number; readonly settleMs: number },
): Promise<{ bare: number; watched: number }> {
  const timeOf = async (page: TwinPage) => {
    const before = await mainThreadCpuMs();
    await page.work(ROUNDS_A_TURN);
    await wait(PAUSE_MS);
    return (await mainThreadCpuMs()) - before;
  };
  const [bare, watched] = [await openPage(), await openPage()];
  await watched.start(tool);
  await wait(settleMs);
  // Until both are compiled.
  for (let turn = 0; turn < WARM_TURNS; turn++) for (const page of [bare, watched]) await timeOf(page);
  const sums = { bare: 0, watched: 0 };
  for (let turn = 0; turn < turns; turn++) {
    if (turn % 2 === 0) sums.bare += await timeOf(bare);
    sums.watched += await timeOf(watched);
    if (turn % 2 === 1) sums.bare += await timeOf(bare);
  }
  return sums;
}

async function openPage(): Promise<TwinPage> {
  const frame = document.createElement('iframe');
  frame.width = '600';
  frame.height = '600';
  frame.src = location.href;
  document.body.append(frame);
  for (const until = performance.now() + OPENS_WITHIN_MS; performance.now() < until; await wait(20)) {
    const page = frame.contentWindow?.overheadPage;
    if (page) return page;
  }
  throw new Error('a page within this one did not open');
}
