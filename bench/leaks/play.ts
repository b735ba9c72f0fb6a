import { detectEnvironment, disposeSymbol, type Environment } from '../../src/core/index.js';
import { type LeakKind, MemoryOptimizer, type MemoryOptimizerDependencies } from '../../src/memory/index.js';
import { noise } from './noise.js';
import { PageClock } from './page-clock.js';
import { Random } from './random.js';
import type { Scenario } from './scenario.js';

/** How long a page is looked at, in page seconds. */
export const RUN_S = 480;
const SECOND_MS = 1_000;
/** Chromium's full collections, from one to the next: page time is compressed, so its own heuristics, which know real time, don't see it. */
const GC_S = [30, 60] as const;
/** measureUserAgentSpecificMemory takes 13 to 19 s to answer on a page that is not made to collect. */
const ANSWER_S = [13, 19] as const;

/** In real time: Chromium runs finalisers some milliseconds after a collection. */
const FINALISERS_MS = 12;

/** Which figures the page gives. */
export type Source = 'performance.memory' | 'isolated';

/** When each kind of leak was first told, in page seconds. */
export type Told = ReadonlyMap<LeakKind, number>;

/** Plays a scenario on the page at the page's own speed, with real objects and real collections. */
export async function play(
  scenario: Scenario,
  source: Source,
  seed: number,
  dependencies: Pick<MemoryOptimizerDependencies, 'detectors'> = {},
): Promise<Told> {
  const random = new Random(seed);
  const clock = new PageClock();
  const busy = new Set<Promise<unknown>>();
  const environment = sourceOf(source, clock, random, busy);
  const optimizer = new MemoryOptimizer({}, { clock, environment, ...dependencies });
  const root = document.createElement('div');
  const ends: (() => void)[] = [];
  const world = { random, optimizer, root, onEnd: (end: () => void) => void ends.push(end) };
  document.body.append(root);

  const told = new Map<LeakKind, number>();
  optimizer.leaks$.subscribe(({ kind, endedAt }) => {
    if (endedAt === undefined && !told.has(kind)) told.set(kind, clock.now() / SECOND_MS);
  });
  const ticks = [noise(world), scenario.start(world)];
  // poise is started on a page that has loaded and come to rest, which is when Chromium collects.
  await collect();
  optimizer.start();
  let nextGc = random.between(...GC_S);
  for (let second = 1; second <= RUN_S; second++) {
    for (const tick of ticks) tick(second);
    clock.advance(SECOND_MS);
    await task();
    await Promise.all(busy);
    if (second < nextGc) continue;
    await collect();
    nextGc = second + random.between(...GC_S);
  }
  optimizer[disposeSymbol]();
  for (const end of ends) end();
  root.remove();
  return told;
}

/** The page as it is, or as one that is not isolated; measuring takes as long as it does on a page that collects by itself. */
function sourceOf(source: Source, clock: PageClock, random: Random, busy: Set<Promise<unknown>>): Environment {
  const environment = detectEnvironment();
  if (source === 'performance.memory') return { ...environment, crossOriginIsolated: false };
  const { performance: real, crossOriginIsolated } = environment;
  if (!crossOriginIsolated || !real?.measureUserAgentSpecificMemory) throw new Error('the page is not isolated');
  const measureUserAgentSpecificMemory = async () => {
    await new Promise<void>((resolve) => clock.setTimer(resolve, random.between(...ANSWER_S) * SECOND_MS));
    const measuring = real.measureUserAgentSpecificMemory?.() ?? Promise.reject(new Error('no measurement'));
    // Page time stands still while the browser measures.
    busy.add(measuring);
    return await measuring.finally(() => busy.delete(measuring));
  };
  const performance = Object.create(real, {
    measureUserAgentSpecificMemory: { value: measureUserAgentSpecificMemory },
    // The browser's own getter wants the browser's own object.
    memory: { get: () => real.memory },
  });
  return { ...environment, performance };
}

/** A full collection, as from the browser's own task, and time for the finalisers that it set free. */
async function collect(): Promise<void> {
  if (typeof gc !== 'function') throw new Error('the browser was started without --expose-gc');
  await gc({ type: 'major', execution: 'async' });
  await new Promise((resolve) => setTimeout(resolve, FINALISERS_MS));
}

const task = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
