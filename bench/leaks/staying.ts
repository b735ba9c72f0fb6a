import { Subject } from 'rxjs';
import { data, KB, MB, type Scenario, text } from './scenario.js';

const fine = (name: string, start: Scenario['start']): Scenario => ({ name, leaks: false, start });

/** Pages that grow and shrink as they should. */
export const STAYING: readonly Scenario[] = [
  fine('idle page', () => () => undefined),
  fine('cache that fills and stays', ({ random }) => {
    const cache = new Map<number, number[]>();
    const fillS = random.between(20, 90);
    const size = random.between(5, 30) * MB;
    const aSecond = Math.max(1, Math.round(150 / fillS));
    let id = 0;
    return () => {
      for (let n = 0; n < aSecond; n++) {
        cache.set(id++, data(size / 150));
        if (cache.size > 150) cache.delete(id - 151);
      }
    };
  }),
  fine('cache of a known set', ({ random }) => {
    const cache = new Map<number, number[]>();
    const keys = random.whole(40, 150);
    const hits = keys / random.between(15, 60);
    let due = 0;
    return () => {
      for (due += hits; due >= 1; due--) {
        const key = random.whole(0, keys);
        if (!cache.has(key)) cache.set(key, data(80 * KB));
      }
    };
  }),
  fine('burst that goes away', ({ random }) => {
    let burst: number[][] = [];
    const from = random.between(10, 200);
    const until = from + random.between(20, 60);
    return (second) => {
      if (second > from && second < until) burst.push(data(400 * KB));
      else burst = [];
    };
  }),
  fine('sawtooth', ({ random }) => {
    let batch: number[][] = [];
    const period = random.between(20, 80);
    let last = -random.between(0, period);
    return (second) => {
      batch.push(data(150 * KB));
      if (second - last < period) return;
      last = second;
      batch = [];
    };
  }),
  fine('slow start-up', ({ random }) => {
    const modules: number[][] = [];
    const lasts = random.between(30, 90);
    const size = random.between(5, 25) * MB;
    return (second) => {
      if (second < lasts) modules.push(data(size / lasts));
    };
  }),
  fine('large load, once', ({ random }) => {
    const loaded: number[][] = [];
    const at = random.whole(5, 300);
    return (second) => {
      if (second === at) for (let n = 0; n < 40; n++) loaded.push(data(MB));
    };
  }),
  fine('list that follows the user', ({ random, optimizer }) => {
    const items: { values: number[] }[] = [];
    let wanted = 40;
    return () => {
      if (random.chance(1 / 30)) wanted = random.whole(0, 120);
      for (let n = 0; n < 4; n++) {
        if (items.length < wanted) {
          const item = { values: data(60 * KB) };
          optimizer.track(item, 'ListItem');
          items.push(item);
        } else if (items.length > wanted) items.pop();
      }
    };
  }),
  fine('recycled elements', ({ random, root }) => {
    const pool: HTMLElement[] = [];
    const shown: HTMLElement[] = [];
    return () => {
      const wanted = random.whole(5, 30);
      while (shown.length > wanted) {
        const element = shown.shift();
        element?.remove();
        if (element) pool.push(element);
      }
      while (shown.length < wanted) {
        const element = pool.pop() ?? document.createElement('div');
        element.className = 'recycled';
        element.textContent = text(random, 100);
        root.append(element);
        shown.push(element);
      }
    };
  }),
  fine('listeners taken off again', ({ random, optimizer }) => {
    let ends = new AbortController();
    return () => {
      if (!random.chance(0.25)) return;
      ends.abort();
      ends = new AbortController();
      optimizer.markOperation('router', '/orders');
      const view = data(200 * KB);
      document.addEventListener('poise-bench', () => view.length, { signal: ends.signal });
    };
  }),
  fine('routes that unmount', ({ random, optimizer, root }) => {
    let view = document.createElement('main');
    return () => {
      if (!random.chance(0.2)) return;
      optimizer.measureMemory('router', 'open', () => {
        view.remove();
        view = document.createElement('main');
        view.className = 'route';
        for (let n = 0; n < 20; n++) view.append(document.createElement('p'));
        root.append(view);
        optimizer.track(view, 'Route');
      });
    };
  }),
  fine('log in a ring', ({ random }) => {
    const ring: string[] = [];
    let at = 0;
    return () => {
      for (let n = 0; n < 20; n++) ring[at++ % 1_000] = text(random, 2 * KB);
    };
  }),
  fine('tabs opened and closed', ({ random }) => {
    let tabs: number[][] = [];
    let until = random.between(40, 100);
    return (second) => {
      if (random.chance(0.15)) tabs.push(data(300 * KB));
      if (second < until) return;
      until = second + random.between(40, 100);
      tabs = [];
    };
  }),
  fine('much garbage, nothing kept', ({ random }) => {
    const feed = new Subject<number[]>();
    let sum = 0;
    const subscription = feed.subscribe((values) => {
      sum += values.length;
    });
    return () => {
      if (sum < 0) subscription.unsubscribe();
      for (let n = random.whole(20, 40); n > 0; n--) feed.next(data(100 * KB));
    };
  }),
  fine('views kept alive, ten of them', ({ random, root }) => {
    const kept = new Map<number, HTMLElement>();
    let shown: HTMLElement | undefined;
    return () => {
      if (!random.chance(0.2)) return;
      const id = random.whole(0, 9);
      const view = kept.get(id) ?? document.createElement('section');
      view.className = 'kept-alive';
      kept.set(id, view);
      shown?.remove();
      root.append(view);
      shown = view;
    };
  }),
  fine('working set that wanders', ({ random }) => {
    let set: number[][] = [];
    let level = 60;
    return () => {
      level = Math.max(0, level + random.between(-8, 8) - (level - 60) * 0.03);
      while (set.length < level) set.push(data(50 * KB));
      if (set.length > level) set = set.slice(-Math.floor(level));
    };
  }),
  fine('dialogs opened and closed', ({ random, root, optimizer }) => {
    let dialog: HTMLElement | undefined;
    return () => {
      if (dialog) {
        dialog.remove();
        dialog = undefined;
      } else if (random.chance(0.4)) {
        optimizer.markOperation('dialog', 'open');
        dialog = document.createElement('div');
        dialog.className = 'dialog';
        for (let n = 0; n < 30; n++) dialog.append(document.createElement('input'));
        root.append(dialog);
        optimizer.track({ dialog: random.next() }, 'Dialog');
      }
    };
  }),
  fine('answers that replace each other', ({ random }) => {
    const answers = new Map<string, number[]>();
    return () => {
      if (random.chance(0.3)) answers.set(`/poll/${random.whole(0, 3)}`, data(random.between(100, 1_500) * KB));
    };
  }),
  fine('data of routes, kept after the first visit', ({ random, optimizer }) => {
    const byRoute = new Map<number, number[]>();
    return () => {
      if (!random.chance(0.3)) return;
      optimizer.markOperation('router', 'visit');
      const route = random.whole(0, 11);
      if (!byRoute.has(route)) byRoute.set(route, data(400 * KB));
    };
  }),
  fine('buffers of a pool', ({ random, optimizer }) => {
    const pool: ArrayBuffer[] = [];
    const used: ArrayBuffer[] = [];
    return () => {
      for (let n = random.whole(0, 6); n > 0; n--) {
        const buffer = pool.pop() ?? new ArrayBuffer(100 * KB);
        optimizer.track(buffer, 'BufferPool');
        used.push(buffer);
      }
      while (used.length > 8) {
        const buffer = used.shift();
        if (buffer) pool.push(buffer);
      }
    };
  }),
];
