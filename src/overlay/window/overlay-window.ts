import { html, nothing, render, type TemplateResult } from 'lit';
import { EMPTY, switchMap } from 'rxjs';
import { observeFrames } from '../../collect/frames.js';
import { observeLongFrames } from '../../collect/long-frames.js';
import type { Clock } from '../../core/clock.js';
import { Disposer, disposeSymbol } from '../../core/disposer.js';
import { describe } from '../../core/errors.js';
import { guard } from '../../core/guard.js';
import { observeVisibility } from '../../core/scheduling.js';
import type { Milliseconds } from '../../core/units.js';
import { every } from '../every.js';
import { FrameLog } from '../frame-log.js';
import type { OverlaySource } from '../overlay-source.js';
import { OwnWork } from '../own-work.js';
import type { PanelContext, PanelView } from '../panels/panel.js';
import { PANELS } from '../panels/panels.js';
import { makeMovable } from '../place/movable.js';
import { ReadOnce } from '../read-once.js';
import { Playback } from '../session/playback.js';
import { readSession, writeSession } from '../session/session.js';
import { SessionRecorder } from '../session/session-recorder.js';
import * as format from '../ui/format.js';
import { saveBlob } from '../ui/save.js';
import { playbackBar, sessionButtons } from './session-bar.js';
import { revealTab, tabList } from './tabs.js';
import { WIDE, WINDOW_STYLE } from './window-style.js';

export interface OverlayWindowOptions {
  readonly source: OverlaySource;
  readonly clock: Clock;
  readonly parent: Node;
  readonly panel: string;
  /** Names the window's place in storage. */
  readonly storageKey: string;
  readonly onClose: () => void;
}

/** How often the panel in view is drawn. */
const DRAW_MS: Milliseconds = 250;
/** Every this many drawings each opened panel takes a reading. */
const DRAWS_A_SAMPLE = 4;
/** What charts show of a session. */
const CHARTED_SECONDS = 60;

/** The opened overlay: tabs, one panel in view, and what the overlay itself costs. */
export class OverlayWindow implements Disposable {
  readonly element: HTMLElement = document.createElement('poise-overlay-window');
  readonly #root = this.element.attachShadow({ mode: 'open' });
  readonly #options: OverlayWindowOptions;
  readonly #disposer = new Disposer();
  readonly #frames: FrameLog;
  readonly #views = new Map<string, PanelView>();
  readonly #now: ReadOnce;
  #recorder: SessionRecorder | undefined;
  #playback: Playback | undefined;
  #current: string;
  #failure: string | undefined;
  #message = '';
  #draws = 0;
  readonly #ownWork: OwnWork;

  constructor(options: OverlayWindowOptions) {
    this.#options = options;
    const { clock, source } = options;
    this.#ownWork = new OwnWork(clock);
    this.#now = new ReadOnce(source);
    this.#frames = new FrameLog(this.#ownWork);
    this.#current = PANELS.some(({ id }) => id === options.panel) ? options.panel : 'overview';
    const style = new CSSStyleSheet();
    style.replaceSync(WINDOW_STYLE);
    const place = new CSSStyleSheet();
    this.#root.adoptedStyleSheets = [style, place];
    this.#disposer.add(() => this.element.remove());
    this.#disposer.add(() => this.#forgetViews());
    // What is typed here is not for the page's shortcuts.
    for (const type of ['keydown', 'keyup', 'keypress'])
      this.#disposer.listen(this.element, type, (event) => this.#onKey(event));

    const visible$ = observeVisibility(document);
    const { frames$ = observeFrames({ clock }), longFrames$ = observeLongFrames() } = source;
    const subscriptions = [
      visible$.pipe(switchMap((visible) => (visible ? frames$ : EMPTY))).subscribe({
        next: (frame) => this.#frames.record(frame),
        error: () => undefined,
      }),
      longFrames$.subscribe({ next: (frame) => this.#frames.recordLong(frame), error: () => undefined }),
      visible$.pipe(switchMap((visible) => (visible ? every(DRAW_MS, clock) : EMPTY))).subscribe(() => this.#tick()),
    ];
    this.#disposer.add(() => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    });
    options.parent.appendChild(this.element);
    this.show(this.#current);
    const handle = this.#root.querySelector('header');
    if (handle) {
      const { element: host } = this;
      const storageKey = `${options.storageKey}:window`;
      makeMovable({ host, handle, sheet: place, storageKey, onPress: undefined, media: WIDE }, this.#disposer);
    }
  }

  /** Brings a panel into view, and loads it at the first time. */
  show(id: string): void {
    const panel = PANELS.find((candidate) => candidate.id === id);
    if (!panel || this.#disposer.disposed) return;
    this.#current = id;
    this.#failure = undefined;
    this.#draw();
    revealTab(this.#root);
    if (this.#views.has(id)) return;
    panel
      .load()
      .then((create) => {
        if (this.#disposer.disposed || this.#views.has(id)) return;
        const view = create(this.#context());
        this.#views.set(id, view);
        if (this.#playback) replay(this.#playback, view);
      })
      .catch((cause: unknown) => {
        this.#failure = `This panel could not be loaded: ${describe(cause)}`;
      })
      .finally(() => this.#draw());
  }

  get hasFocus(): boolean {
    return this.#root.activeElement !== null;
  }

  /** Puts the focus on the current tab: after the overlay was opened by key. */
  focus(): void {
    const tab = this.#root.querySelector('[aria-selected="true"]');
    if (tab instanceof HTMLElement) tab.focus();
  }

  [disposeSymbol](): void {
    this.#disposer.dispose();
  }

  #context(): PanelContext {
    const { clock } = this.#options;
    return {
      source: this.#playback?.source ?? this.#now.source,
      frames: this.#playback?.frames ?? this.#frames,
      clock: this.#playback?.clock ?? clock,
      redraw: () => this.#draw(),
      show: (panel) => this.show(panel),
      act: (work) => void this.#act(work),
    };
  }

  async #act(work: () => string | Promise<string>): Promise<void> {
    try {
      this.#message = await work();
    } catch (cause) {
      this.#message = `That failed: ${describe(cause)}`;
    }
    this.#draw();
  }

  #onKey(event: Event): void {
    event.stopPropagation();
    if (!(event instanceof KeyboardEvent) || event.type !== 'keydown' || event.key !== 'Escape') return;
    event.preventDefault();
    this.#options.onClose();
  }

  #tick(): void {
    if (this.#draws++ % DRAWS_A_SAMPLE === 0) this.#ownWork.run(() => this.#sample());
    this.#draw();
  }

  /** A part that can't be read leaves a gap in its own chart, and nothing else. */
  #sample(): void {
    if (this.#recorder) guard('overlay', () => this.#recorder?.sample(), ignore);
    if (this.#playback) return;
    for (const view of this.#views.values()) guard('overlay', () => view.sample?.(), ignore);
  }

  /** Begins a recording; ends the one that runs, and saves it. */
  #record(): void {
    const { source, clock } = this.#options;
    if (this.#recorder) {
      const { session } = this.#recorder;
      this.#recorder = undefined;
      saveBlob(new Blob([writeSession(session)], { type: 'application/json' }), 'poise-session.json');
      this.#message = `${session.samples.length} seconds were saved.`;
    } else {
      this.#recorder = new SessionRecorder(source, this.#frames, clock);
      this.#message = 'Recording: press again to stop and save.';
    }
    this.#draw();
  }

  async #open(file: File): Promise<void> {
    try {
      this.#play(new Playback(readSession(await file.text()), this.#options.clock));
    } catch (cause) {
      this.#message = `The file could not be opened: ${describe(cause)}`;
      this.#draw();
    }
  }

  /** Shows a session, or what is now; panels are made anew for it. */
  #play(playback: Playback | undefined): void {
    this.#playback = playback;
    this.#forgetViews();
    this.show(this.#current);
  }

  /** Goes to a place in the session, with the minute before it in the charts. */
  #seek(playback: Playback, to: number): void {
    this.#forgetViews();
    playback.index = to;
    this.show(this.#current);
  }

  #forgetViews(): void {
    for (const view of this.#views.values()) view.dispose?.();
    this.#views.clear();
  }

  #draw(): void {
    if (this.#disposer.disposed) return;
    this.#now.next();
    this.#ownWork.run(() => render(this.#template(), this.#root));
  }

  #template(): TemplateResult {
    const { onClose } = this.#options;
    const large = this.element.dataset['size'] === 'large';
    const size = large ? 'Make smaller' : 'Make larger';
    const resize = () => {
      if (large) delete this.element.dataset['size'];
      else this.element.dataset['size'] = 'large';
      this.#draw();
    };
    return html`<div class="window" role="dialog" aria-labelledby="title">
      <header class="head">
        <h2 id="title">poise</h2>
        ${sessionButtons({
          recorded: this.#recorder?.seconds,
          onRecord: () => this.#record(),
          onOpen: (file) => void this.#open(file),
        })}
        <button type="button" class="icon" aria-label=${size} title=${size} @click=${resize}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d=${large ? SHRINK : GROW} /></svg>
        </button>
        <button type="button" class="icon" aria-label="Close the overlay" title="Close (Escape)" @click=${onClose}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M4 4l8 8M12 4l-8 8" /></svg>
        </button>
      </header>
      ${
        this.#playback
          ? playbackBar(
              this.#playback,
              (index) => this.#playback && this.#seek(this.#playback, index),
              () => this.#play(undefined),
            )
          : nothing
      }
      ${tabList(PANELS, this.#current, (panel) => this.show(panel))}
      <div class="panel" id="panel" role="tabpanel" aria-labelledby="tab-${this.#current}" tabindex="0">${this.#body()}</div>
      <footer class="foot">
        <span class="cost">${`This overlay costs ${format.rate(this.#ownWork.msASecond)} ms a second`}</span>
        <span role="status">${this.#message}</span>
      </footer>
    </div>`;
  }

  /** A panel that throws says so in its own place; the overlay and the page go on. */
  #body(): TemplateResult {
    if (this.#failure) return html`<p class="quiet">${this.#failure}</p>`;
    try {
      return this.#views.get(this.#current)?.render() ?? html`<p class="quiet">Loading</p>`;
    } catch (cause) {
      return html`<p class="quiet">This panel could not be shown: ${describe(cause)}</p>`;
    }
  }
}

const ignore = (): void => undefined;

/** Lets a panel take the readings of the minute before, as it would have then. */
function replay(playback: Playback, view: PanelView): void {
  const { index } = playback;
  for (let at = Math.max(0, index - CHARTED_SECONDS); at <= index; at++) {
    playback.index = at;
    guard('overlay', () => view.sample?.(), ignore);
  }
}

const GROW = 'M9.5 2.5h4v4M13.5 2.5l-5 5M6.5 13.5h-4v-4M2.5 13.5l5-5';
const SHRINK = 'M13.5 6.5h-4v-4M9.5 6.5l4-4M2.5 9.5h4v4M6.5 9.5l-4 4';
