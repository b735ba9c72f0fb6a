import { disposeSymbol } from '../../src/core/disposer.js';
import { PerformanceMonitor } from '../../src/monitor/index.js';
import { monitorSource } from '../../src/overlay/monitor-source.js';
import { mountOverlay, type Overlay } from '../../src/overlay/mount-overlay.js';

const UPDATES_A_MS = 20;
const CELLS = 500;

/** A page that asks for 20,000 updates of its cells a second, through poise with everything on. */
export class FloodedPage {
  readonly #monitor: PerformanceMonitor;
  readonly #grid = document.createElement('div');
  #running = true;

  private constructor(monitor: PerformanceMonitor) {
    this.#monitor = monitor;
    this.#grid.style.cssText = 'display: grid; grid-template-columns: repeat(20, 60px); font: 11px monospace';
    this.#grid.append(...Array.from({ length: CELLS }, () => document.createElement('span')));
    document.body.append(this.#grid);
  }

  static async open(): Promise<FloodedPage> {
    const monitor = new PerformanceMonitor({ logName: `overlay-${crypto.randomUUID()}`, collect: { network: true } });
    await monitor.start();
    const page = new FloodedPage(monitor);
    void page.#flood();
    return page;
  }

  mountOverlay(): Overlay {
    return mountOverlay(monitorSource(this.#monitor));
  }

  close(): void {
    this.#running = false;
    this.#grid.remove();
    this.#monitor[disposeSymbol]();
  }

  async #flood(): Promise<void> {
    const throttler = this.#monitor.getUpdateThrottler();
    const cells = [...this.#grid.children];
    const began = performance.now();
    for (let sent = 0; this.#running; ) {
      const due = (performance.now() - began) * UPDATES_A_MS;
      for (; sent < due; sent++) {
        const sequence = sent;
        const cell = sequence % CELLS;
        const write = () => {
          const element = cells[cell];
          if (element) element.textContent = String(sequence);
        };
        throttler?.requestUpdate(write, { key: String(cell) });
      }
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }
}
