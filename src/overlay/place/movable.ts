import type { Disposer } from '../../core/disposer.js';
import { DEFAULT_PLACE, keepInView, type Place, readPlace, storePlace } from './place.js';

/** Pixels that an arrow key moves it; with Shift, `BIG_STEP_PX`. */
const STEP_PX = 8;
const BIG_STEP_PX = 64;
/** A pointer that moves less than this has pressed, not dragged. */
const DRAG_PX = 4;

const DIRECTIONS: Readonly<Record<string, Place>> = {
  ArrowLeft: { right: 1, bottom: 0 },
  ArrowRight: { right: -1, bottom: 0 },
  ArrowUp: { right: 0, bottom: 1 },
  ArrowDown: { right: 0, bottom: -1 },
};

/** What is moved. */
export interface Movable {
  readonly host: HTMLElement;
  /** Takes the pointer and the keys. */
  readonly handle: HTMLElement;
  /** An adopted style sheet that holds the host's place and nothing else. */
  readonly sheet: CSSStyleSheet;
  /** The media query under which the place counts; else the host's own style does. Default: always. */
  readonly media?: string;
  /** Names the place in storage. */
  readonly storageKey: string;
  /** Called when the handle is pressed without being dragged. */
  readonly onPress: (() => void) | undefined;
}

/** Lets a pointer and the arrow keys move a box, keeps it in view, and remembers its place. Home brings it back. */
export function makeMovable(
  { host, handle, sheet, storageKey, onPress, media = 'all' }: Movable,
  disposer: Disposer,
): void {
  let place = DEFAULT_PLACE;

  const moveTo = (wanted: Place) => {
    const { clientWidth: width, clientHeight: height } = host.ownerDocument.documentElement;
    place = keepInView(wanted, host.getBoundingClientRect(), { width, height });
    // Replaced as a whole: WebKit does not see a change inside a :host rule.
    sheet.replaceSync(
      `@media ${media} { :host { right: ${place.right}px !important; bottom: ${place.bottom}px !important; } }`,
    );
  };
  moveTo(readPlace(storageKey) ?? DEFAULT_PLACE);
  const resizes = new ResizeObserver(() => moveTo(place));
  resizes.observe(host);
  disposer.add(() => resizes.disconnect());
  disposer.listen(window, 'resize', () => moveTo(place));

  disposer.listen(handle, 'keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (onPress && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      event.stopPropagation();
      onPress();
      return;
    }
    const direction = DIRECTIONS[event.key];
    if (!direction && event.key !== 'Home') return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? BIG_STEP_PX : STEP_PX;
    moveTo(
      direction
        ? { right: place.right + direction.right * step, bottom: place.bottom + direction.bottom * step }
        : DEFAULT_PLACE,
    );
    storePlace(storageKey, place);
  });

  followPointer(handle, disposer, {
    begin: () => place,
    move: (start, dx, dy) => moveTo({ right: start.right - dx, bottom: start.bottom - dy }),
    end: (dragged) => {
      if (dragged) storePlace(storageKey, place);
      else onPress?.();
    },
  });
}

interface Drag {
  begin(): Place;
  move(start: Place, dx: number, dy: number): void;
  /** @param dragged whether the pointer moved, or only pressed. */
  end(dragged: boolean): void;
}

function followPointer(handle: HTMLElement, disposer: Disposer, drag: Drag): void {
  let held: { readonly id: number; readonly x: number; readonly y: number; readonly start: Place } | undefined;
  let dragged = false;
  disposer.listen(handle, 'pointerdown', (event) => {
    if (!(event instanceof PointerEvent) || event.button !== 0) return;
    // A button inside the handle is there to be pressed.
    if (event.target instanceof Element && event.target.closest('button')) return;
    dragged = false;
    held = { id: event.pointerId, x: event.clientX, y: event.clientY, start: drag.begin() };
    handle.setPointerCapture(event.pointerId);
    handle.classList.add('dragging');
  });
  disposer.listen(handle, 'pointermove', (event) => {
    if (!held || !(event instanceof PointerEvent) || event.pointerId !== held.id) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    dragged ||= Math.hypot(dx, dy) >= DRAG_PX;
    if (dragged) drag.move(held.start, dx, dy);
  });
  // What the browser took over, to scroll or to zoom, was no press.
  disposer.listen(handle, 'pointercancel', () => {
    dragged = true;
  });
  // Follows pointerup and pointercancel alike.
  disposer.listen(handle, 'lostpointercapture', () => {
    if (!held) return;
    held = undefined;
    handle.classList.remove('dragging');
    drag.end(dragged);
  });
}
