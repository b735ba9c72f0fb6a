import type { Clock } from '../../core/clock.js';
import { disposeSymbol } from '../../core/disposer.js';
import type { PressureLevel } from '../../core/pressure-level.js';
import { ResourceCleaner, ResourceManager } from '../../resources/index.js';
import type { ResourcesReading } from '../score/readings.js';
import { CounterWindow } from './counter-window.js';
import type { MonitorPart, OptimizationAction, PartContext } from './part.js';

/** The registry of resources and the policy over it. */
export class ResourcesPart implements MonitorPart<ResourcesReading> {
  readonly manager: ResourceManager;
  readonly cleaner: ResourceCleaner;
  readonly #isOwn: boolean;
  readonly #clock: Clock;
  readonly #window: CounterWindow<'cleaned' | 'failed'>;

  constructor(context: PartContext) {
    const { settings, clock, environment, given } = context;
    const { cleanupIntervalMs, resourceTimeoutMs } = settings;
    this.#clock = clock;
    this.#isOwn = given.resourceManager === undefined;
    this.manager = given.resourceManager ?? new ResourceManager({ autoCleanup: false }, { clock, environment });
    this.cleaner = new ResourceCleaner({ cleanupIntervalMs, resourceTimeoutMs }, { manager: this.manager, clock });
    this.#window = new CounterWindow(settings.checkIntervalMs);
  }

  start(): void {
    if (this.#isOwn) this.manager.start();
    this.cleaner.start();
  }

  stop(): void {
    this.cleaner.stop();
    if (this.#isOwn) this.manager.stop();
  }

  read(): ResourcesReading {
    const { cleaned, failed } = this.manager.stats;
    const grown = this.#window.record({ cleaned, failed }, this.#clock.now());
    return { cleaned: grown('cleaned'), failed: grown('failed') };
  }

  /** One sweep by the policy: what failed is retried, what outlived its time ends. What is in use is never ended. */
  async relieve(_level: PressureLevel): Promise<OptimizationAction | undefined> {
    const { cleaned, retried } = await this.cleaner.sweep();
    if (cleaned + retried === 0) return undefined;
    return { part: 'resources', what: `ended ${cleaned} resources, tried ${retried} again`, items: cleaned };
  }

  [disposeSymbol](): void {
    this.cleaner[disposeSymbol]();
    if (this.#isOwn) this.manager[disposeSymbol]();
  }
}
