import type { Clock } from '../../core/clock.js';
import { disposeSymbol } from '../../core/disposer.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import { ResourceCleaner, ResourceManager } from '../../resources/index.js';
import type { ResourcesReading } from '../score/readings.js';
import { CounterWindow } from './counter-window.js';
import { OnDemand } from './on-demand.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

const UNUSED: ResourcesReading = Object.freeze({ cleaned: 0, failed: 0 });

/** The registry of resources and the policy over it. */
export class ResourcesPart implements MonitorPart<ResourcesReading> {
  readonly #manager: OnDemand<ResourceManager>;
  readonly #cleaner: OnDemand<ResourceCleaner>;
  readonly #clock: Clock;
  readonly #window: CounterWindow<'cleaned' | 'failed'>;

  constructor(context: PartContext) {
    const { settings, clock, environment, given } = context;
    const { cleanupIntervalMs, resourceTimeoutMs } = settings;
    this.#clock = clock;
    this.#window = new CounterWindow(settings.checkIntervalMs);
    this.#manager = new OnDemand(given.resourceManager, () => {
      this.#window.record({ cleaned: 0, failed: 0 }, clock.now());
      return new ResourceManager({ autoCleanup: false }, { clock, environment });
    });
    this.#cleaner = new OnDemand(undefined, () => {
      const manager = this.#manager.get();
      return new ResourceCleaner({ cleanupIntervalMs, resourceTimeoutMs }, { manager, clock });
    });
    // One of the app's has a past: rates are measured from here on.
    if (this.#manager.made) this.read();
  }

  get cleaner(): ResourceCleaner {
    return this.#cleaner.get();
  }

  /** No manager without its policy. */
  get manager(): ResourceManager {
    return this.cleaner.manager;
  }

  start(): void {
    this.#manager.start();
    this.#cleaner.start();
    if (this.#manager.made) this.#cleaner.get();
  }

  stop(): void {
    this.#cleaner.stop();
    this.#manager.stop();
  }

  read(): ResourcesReading {
    const manager = this.#manager.made;
    if (!manager) return UNUSED;
    const { cleaned, failed } = manager.stats;
    const grown = this.#window.record({ cleaned, failed }, this.#clock.now());
    return { cleaned: grown('cleaned'), failed: grown('failed') };
  }

  /** One sweep by the policy: what failed is retried, what outlived its time ends. What is in use is never ended. */
  async relieve(_level: PressureLevel): Promise<OptimizationAction | undefined> {
    const { cleaned, retried } = (await this.#cleaner.made?.sweep()) ?? { cleaned: 0, retried: 0 };
    if (cleaned + retried === 0) return undefined;
    return { part: 'resources', what: `ended ${cleaned} resources, tried ${retried} again`, items: cleaned };
  }

  [disposeSymbol](): void {
    this.#cleaner[disposeSymbol]();
    this.#manager[disposeSymbol]();
  }
}
