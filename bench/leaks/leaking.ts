import { Subject } from 'rxjs';
import { aSecond, data, KB, MB, type Scenario, type Tick, text, type World } from './scenario.js';

/** Calls `leak` with the bytes to keep each second, at a rate drawn for the run. */
const steadily =
  (leak: (bytes: number, world: World) => void, low = 1, high = 6) =>
  (world: World): Tick => {
    const perMinute = world.random.between(low, high) * MB;
    return () => leak(aSecond(perMinute), world);
  };

const leak = (name: string, start: Scenario['start']): Scenario => ({ name, leaks: true, start });

/** Visits of a route: one every few seconds while the user is about, with pauses. */
function visits(world: World, visit: (count: number) => void): Tick {
  let count = 0;
  let next = world.random.between(1, 5);
  return (second) => {
    if (second < next) return;
    visit(count++);
    next = second + (world.random.chance(0.1) ? world.random.between(15, 40) : world.random.between(2, 8));
  };
}

function row(className: string, content: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  element.innerHTML = `<span>${content}</span><button>x</button>`;
  return element;
}

export const ONE_MB_A_MINUTE = '1 MB a minute';

export const LEAKING: readonly Scenario[] = [
  leak(ONE_MB_A_MINUTE, () => {
    const kept: number[][] = [];
    return () => kept.push(data(aSecond(MB)));
  }),
  leak('growing array', (world) => {
    const kept: object[] = [];
    return steadily((bytes) => kept.push({ values: data(bytes) }))(world);
  }),
  leak('growing map', (world) => {
    const byId = new Map<string, object>();
    return steadily((bytes, { random }) => byId.set(`id ${random.next()}`, { values: data(bytes) }))(world);
  }),
  leak('cache without a bound', (world) => {
    const cache: Record<string, string> = {};
    return steadily((bytes, { random }) => {
      cache[`/api/item/${random.next()}`] = text(random, bytes);
    })(world);
  }),
  leak('log without a bound', (world) => {
    const log: { at: number; line: string }[] = [];
    return steadily((bytes, { random }) => {
      for (let written = 0; written < bytes; written += 2 * KB) log.push({ at: written, line: text(random, 2 * KB) });
    })(world);
  }),
  leak('listeners on window', (world) => {
    const ends = new AbortController();
    world.onEnd(() => ends.abort());
    return steadily((bytes) => {
      const state = data(bytes);
      window.addEventListener('poise-bench', () => state.length, { signal: ends.signal });
    })(world);
  }),
  leak('timers holding closures', (world) => {
    const timers: number[] = [];
    world.onEnd(() => timers.forEach((id) => clearTimeout(id)));
    return steadily((bytes) => {
      const state = data(bytes);
      timers.push(window.setTimeout(() => state.length, 2_000_000_000));
    })(world);
  }),
  leak('subscription that never ends', (world) => {
    const feed = new Subject<number>();
    return steadily((bytes) => {
      const state = data(bytes);
      feed.subscribe((value) => state.fill(value, 0, 1));
      feed.next(0.5);
    })(world);
  }),
  leak('closure over a large buffer', (world) => {
    // Each closure keeps the one before, through the scope that both share.
    let newest = (): number => 0;
    return steadily((bytes) => {
      const before = newest;
      const buffer = data(bytes);
      newest = () => buffer.length + (buffer.length < 0 ? before() : 0);
    })(world);
  }),
  leak('array buffers', (world) => {
    const frames: ArrayBuffer[] = [];
    return steadily((bytes, { optimizer }) => {
      const frame = new ArrayBuffer(bytes);
      optimizer.track(frame, 'decoder');
      frames.push(frame);
    })(world);
  }),
  leak('detached elements in an array', (world) => {
    const removed: Element[] = [];
    const list = document.createElement('div');
    world.root.append(list);
    return () => {
      for (let n = world.random.whole(0, 4); n > 0; n--) {
        const element = row('message', text(world.random, 80));
        list.append(element);
      }
      while (list.childElementCount > 15) {
        const first = list.firstElementChild;
        if (!first) break;
        first.remove();
        removed.push(first);
      }
    };
  }),
  leak('elements of a shadow root', (world) => {
    const host = document.createElement('div');
    world.root.append(host);
    const shadow = host.attachShadow({ mode: 'open' });
    world.onEnd(world.optimizer.watchRoot(shadow));
    const removed = new Map<number, Element>();
    return (second) => {
      shadow.replaceChildren();
      for (let n = 0; n < 3; n++) {
        const element = row('cell', text(world.random, 200));
        shadow.append(element);
        if (n === 0) removed.set(second, element);
      }
    };
  }),
  leak('listeners added again at each visit', (world) => {
    const ends = new AbortController();
    world.onEnd(() => ends.abort());
    const size = world.random.between(60, 300) * KB;
    return visits(world, () => {
      world.optimizer.markOperation('router', '/orders');
      const view = data(size);
      document.addEventListener('poise-bench', () => view.length, { signal: ends.signal });
    });
  }),
  leak('views kept by a history', (world) => {
    const history: { view: Element; model: number[] }[] = [];
    const size = world.random.between(60, 300) * KB;
    return visits(world, () =>
      world.optimizer.measureMemory('router', 'open', () => {
        const view = row('view', text(world.random, 500));
        world.root.append(view);
        history.at(-1)?.view.remove();
        history.push({ view, model: data(size) });
      }),
    );
  }),
  leak('small objects on a bus', (world) => {
    const bus: object[] = [];
    return () => {
      for (let n = world.random.whole(0, 3); n > 0; n--) {
        const handler = { topic: 'price', id: world.random.next() };
        world.optimizer.track(handler, 'PriceCell');
        bus.push(handler);
      }
    };
  }),
  leak('requests that are never answered', (world) => {
    const open = new Map<number, () => void>();
    return steadily((bytes, { random }) => {
      const body = data(bytes);
      const sent = new Promise<number>((resolve) => open.set(random.next(), () => resolve(body.length)));
      void sent.then((length) => length);
    })(world);
  }),
  leak('undo history without a bound', (world) => {
    const steps: number[][] = [];
    let typingUntil = 0;
    return (second) => {
      if (second > typingUntil + 6 && world.random.chance(0.15)) typingUntil = second + world.random.between(5, 15);
      if (second < typingUntil) steps.push(data(110 * KB));
    };
  }),
  leak('begins after two minutes', (world) => {
    const kept: number[][] = [];
    const perMinute = world.random.between(2, 6) * MB;
    const from = world.random.between(90, 140);
    return (second) => {
      if (second > from) kept.push(data(aSecond(perMinute)));
    };
  }),
  leak('slow: half a megabyte a minute', () => {
    const kept: number[][] = [];
    return () => kept.push(data(aSecond(0.5 * MB)));
  }),
  leak('under a sawtooth', (world) => {
    const kept: number[][] = [];
    let batch: number[][] = [];
    const perMinute = world.random.between(3, 6) * MB;
    return () => {
      kept.push(data(aSecond(perMinute)));
      batch.push(data(60 * KB));
      if (batch.length > 20) batch = [];
    };
  }),
];
