import { disposeSymbol } from '../core/disposer.js';
import type { PerformanceMonitor } from '../monitor/index.js';
import { mountOverlay, type Overlay, type OverlayOptions } from './mount-overlay.js';
import type { OverlaySource } from './overlay-source.js';

/** `<poise-overlay>`: the overlay as an element. It is mounted while the element is in the page. */
export interface OverlayElement extends HTMLElement {
  /** What it looks at; set it before or after. Default: the page's frames only. */
  source: OverlaySource | PerformanceMonitor;
  /** As for `mountOverlay()`; taken when the element comes into the page, and when `source` is set. */
  options: { readonly [Name in keyof OverlayOptions]?: OverlayOptions[Name] };
  /** The overlay, while the element is in the page. */
  readonly overlay: Overlay | undefined;
}

/** Defines the element, once, under this name. Elements that are in the page already come alive. */
export function defineOverlay(name = 'poise-overlay'): void {
  // Made here, since there is no HTMLElement where poise is imported without a page.
  if (!customElements.get(name)) customElements.define(name, makeElementClass());
}

function makeElementClass(): CustomElementConstructor {
  return class extends HTMLElement implements OverlayElement {
    #source: OverlaySource | PerformanceMonitor = {};
    #overlay: Overlay | undefined;
    options: OverlayElement['options'] = {};

    get source(): OverlaySource | PerformanceMonitor {
      return this.#source;
    }

    set source(source: OverlaySource | PerformanceMonitor) {
      this.#source = source;
      this.disconnectedCallback();
      if (this.isConnected) this.connectedCallback();
    }

    get overlay(): Overlay | undefined {
      return this.#overlay;
    }

    connectedCallback(): void {
      this.#overlay ??= mountOverlay(this.#source, { parent: this, ...this.options });
    }

    disconnectedCallback(): void {
      this.#overlay?.[disposeSymbol]();
      this.#overlay = undefined;
    }
  };
}
