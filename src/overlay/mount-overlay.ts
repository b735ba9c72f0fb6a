import { type Clock, SystemClock } from '../core/clock.js';
import { Disposer, disposeSymbol } from '../core/disposer.js';
import { PoiseError } from '../core/errors.js';
import { type Check, type Checks, object, oneOf, optional, resolveConfig, text } from '../core/validate.js';
import type { PerformanceMonitor } from '../monitor/index.js';
import { isHotkey, matcherFor } from './hotkey.js';
import { isMonitor, monitorSource } from './monitor-source.js';
import type { OverlaySource } from './overlay-source.js';
import { monitorFigures } from './pill/monitor-figures.js';
import { mountPill } from './pill/pill.js';
import type { OverlayWindow } from './window/overlay-window.js';

/** How the overlay looks, where it stands and what opens it. */
export interface OverlayOptions {
  /** Opens and closes the overlay; `false` for none. Default 'alt+shift+p'. */
  readonly hotkey: string | false;
  /** The appearance. Default 'system'. */
  readonly theme: OverlayTheme;
  /** What the overlay is put into. Default: the document's body. */
  readonly parent: Node | undefined;
  /** Names the pill's place in `localStorage`. Default 'poise:overlay'. */
  readonly storageKey: string;
  readonly clock: Clock | undefined;
}

/** The overlay's appearance: as the system's, or always the same. */
export const OverlayTheme = { SYSTEM: 'system', LIGHT: 'light', DARK: 'dark' } as const;
export type OverlayTheme = (typeof OverlayTheme)[keyof typeof OverlayTheme];

const DEFAULTS: OverlayOptions = Object.freeze({
  hotkey: 'alt+shift+p',
  theme: OverlayTheme.SYSTEM,
  parent: undefined,
  storageKey: 'poise:overlay',
  clock: undefined,
});
const hotkeyOrFalse: Check = {
  allowed: "modifiers and a key, as 'alt+shift+p', or false",
  test: (v) => v === false || isHotkey(v),
};
const node: Check = { allowed: 'a node of the page', test: (v) => v instanceof Node };
const CHECKS: Checks<OverlayOptions> = {
  hotkey: hotkeyOrFalse,
  theme: oneOf(OverlayTheme),
  parent: optional(node),
  storageKey: text,
  clock: optional(object),
};

/** A mounted overlay. Disposing it takes it off the page and leaves nothing behind. */
export interface Overlay extends Disposable {
  readonly isOpen: boolean;
  /** Opens it, on the panel of that id. Its code is loaded now, at the first time. @throws PoiseError when it can't be */
  open(panel?: string): Promise<void>;
  close(): void;
  setTheme(theme: OverlayTheme): void;
}

/**
 * Puts the debug overlay on the page: a pill with live figures that opens to panels. Closed, it costs what the pill
 * costs; lit, uPlot and the panels are loaded when it is opened.
 * It lives in a shadow root with constructed style sheets, works under `default-src 'self'` with Trusted Types, takes no
 * room in the layout and no focus unless it is asked to (DESIGN 4.11; seed 004: Integration with UI Components).
 * @throws ConfigError
 */
export function mountOverlay(
  given: OverlaySource | PerformanceMonitor,
  options: { readonly [Name in keyof OverlayOptions]?: OverlayOptions[Name] | undefined } = {},
): Overlay {
  const config = resolveConfig('mountOverlay', options, DEFAULTS, CHECKS);
  const { parent = document.body, clock = new SystemClock(), hotkey, storageKey } = config;
  const source = isMonitor(given) ? monitorSource(given) : given;
  const disposer = new Disposer();
  const pill = mountPill({
    throttler: source.throttler,
    figures: source.monitor ? monitorFigures(source.monitor) : [],
    frames$: source.frames$,
    parent,
    storageKey,
    clock,
    onPress: () => void toggle(),
  });
  disposer.add(() => pill[disposeSymbol]());
  let opened: OverlayWindow | undefined;
  let opening: Promise<void> | undefined;
  let focusedBefore: HTMLElement | undefined;
  let theme = config.theme;
  disposer.add(() => close());

  const dress = () => {
    for (const element of [pill.element, opened?.element])
      if (theme === OverlayTheme.SYSTEM) element?.removeAttribute('theme');
      else element?.setAttribute('theme', theme);
  };

  async function load(panel: string): Promise<void> {
    const module = await import('./window/overlay-window.js').catch((cause: unknown) => {
      throw new PoiseError('POISE_OVERLAY', "the overlay's code could not be loaded", { cause });
    });
    if (disposer.disposed) return;
    focusedBefore = focusedElement();
    opened = new module.OverlayWindow({ source, clock, parent, panel, storageKey, onClose: close });
    pill.show(false);
    dress();
  }

  async function open(panel = 'overview'): Promise<void> {
    if (opened) return opened.show(panel);
    opening ??= load(panel).finally(() => {
      opening = undefined;
    });
    await opening;
  }

  function close(): void {
    if (!opened) return;
    const { hasFocus } = opened;
    opened[disposeSymbol]();
    opened = undefined;
    pill.show(true);
    if (hasFocus) focusedBefore?.focus({ preventScroll: true });
    focusedBefore = undefined;
  }

  async function toggle(): Promise<void> {
    if (opened) return close();
    // A page that went offline can't load it; the pill stays as it is, and the browser's console names the file.
    await open().then(
      () => opened?.focus(),
      () => undefined,
    );
  }

  if (hotkey !== false) {
    const matches = matcherFor(hotkey);
    disposer.listen(window, 'keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || event.repeat || !matches(event)) return;
      event.preventDefault();
      void toggle();
    });
  }
  dress();
  return {
    get isOpen() {
      return opened !== undefined;
    },
    open,
    close,
    setTheme(wanted) {
      theme = wanted;
      dress();
    },
    [disposeSymbol]: () => disposer.dispose(),
  };
}

/** What has the focus, within open shadow roots as well: a host can't always be given it back. */
function focusedElement(): HTMLElement | undefined {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}
