import { disposeSymbol } from '../src/core/index.js';
import { ResourceHandle, ResourceManager, type SweepPolicy } from '../src/resources/index.js';
import type { Bench, BenchCase, Metric, Readings, Variant } from './harness/bench.js';

const COUNT = 100_000;
const FAR_MS = 3_600_000;

const nothing = (): void => undefined;

/** What the registrations hold; kept here, so that none is collected meanwhile. */
function makeObjects(): { end: () => void }[] {
  return Array.from({ length: COUNT }, () => ({ end: nothing }));
}

function register(manager: ResourceManager, objects: readonly { end: () => void }[], due: number): void {
  const every = due > 0 ? COUNT / due : Number.NaN;
  for (const [n, object] of objects.entries()) {
    const timeoutMs = n % every === 1 ? 1 : FAR_MS + (n % 977);
    manager.register(`r${n}`, 'memory', object, { cleanup: ({ end }) => end(), timeoutMs });
  }
}

/** Until what was registered has expired, and the garbage of making it is gone: a long-lived page's registry is old. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  if (typeof gc === 'function') gc();
  await new Promise((resolve) => setTimeout(resolve, 200));
}

/** A sweep over 100,000 registrations of which `due` have expired. */
const sweep =
  (due: number, policy: SweepPolicy = {}): Variant =>
  async (): Promise<Readings> => {
    const objects = makeObjects();
    const manager = new ResourceManager();
    register(manager, objects, due);
    await settle();
    const result = await manager.sweep(policy);
    if (due > 0 && result.cleaned !== due) throw new Error(`${result.cleaned} of ${due} were cleaned`);
    manager[disposeSymbol]();
    return { longestSlice: result.longestSliceMs, slices: result.slices };
  };

/** What finding the expired costs where all are looked at: a Map of records, as most hand-written registries have. */
const scan =
  (due: number): Variant =>
  async (): Promise<Readings> => {
    const objects = makeObjects();
    const every = due > 0 ? COUNT / due : Number.NaN;
    const registry = new Map<string, { object: { end: () => void }; deadline: number }>();
    const now = performance.now();
    for (const [n, object] of objects.entries()) {
      registry.set(`r${n}`, { object, deadline: now + (n % every === 1 ? 1 : FAR_MS + (n % 977)) });
    }
    await settle();
    const startedAt = performance.now();
    for (const [id, { object, deadline }] of registry) {
      if (deadline > startedAt) continue;
      registry.delete(id);
      object.end();
    }
    return { longestSlice: performance.now() - startedAt, slices: 1 };
  };

const SWEEP_METRICS: readonly Metric[] = [
  { name: 'longestSlice', unit: 'ms of main thread', better: 'lower' },
  { name: 'slices', unit: 'tasks', better: 'lower' },
];

function sweepCase(due: number): BenchCase {
  return {
    name: `sweep of 100,000, ${due.toLocaleString('en')} due`,
    metrics: SWEEP_METRICS,
    variants: { poise: sweep(due), 'scan of a Map': scan(due) },
    bars: [{ metric: 'longestSlice', atMost: 1 }],
  };
}

/** Nanoseconds for each of `COUNT` calls. */
function perCall(run: (n: number) => void): number {
  const startedAt = performance.now();
  for (let n = 0; n < COUNT; n++) run(n);
  return ((performance.now() - startedAt) / COUNT) * 1e6;
}

const calls: Variant = () => {
  const objects = makeObjects();
  const manager = new ResourceManager();
  const handle = ResourceHandle.teardown(nothing);
  const asObject = perCall((n) => {
    const object = objects[n];
    if (object) manager.register(`o${n}`, 'memory', object, { cleanup: ({ end }) => end(), timeoutMs: FAR_MS });
  });
  const asHandle = perCall((n) => manager.register(`h${n}`, 'memory', handle));
  const get = perCall((n) => manager.get(`o${n}`));
  const unregister = perCall((n) => manager.unregister(`o${n}`));
  manager[disposeSymbol]();
  return { asObject, asHandle, get, unregister };
};

const bench: Bench = {
  isolation: 'page',
  cases: [
    sweepCase(0),
    sweepCase(100),
    sweepCase(10_000),
    {
      name: 'calls at 100,000 registrations',
      metrics: ['asObject', 'asHandle', 'get', 'unregister'].map((name) => ({ name, unit: 'ns', better: 'lower' })),
      variants: { poise: calls },
      bars: [],
    },
  ],
};

export default bench;
