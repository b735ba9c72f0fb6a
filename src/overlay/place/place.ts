/** Where something stands: pixels from the right and the bottom edge of the viewport. */
export interface Place {
  readonly right: number;
  readonly bottom: number;
}

export const DEFAULT_PLACE: Place = Object.freeze({ right: 16, bottom: 16 });

/** Keeps a whole box in view. */
export function keepInView(
  { right, bottom }: Place,
  box: DOMRect,
  viewport: { readonly width: number; readonly height: number },
): Place {
  return {
    right: Math.max(0, Math.min(right, viewport.width - box.width)),
    bottom: Math.max(0, Math.min(bottom, viewport.height - box.height)),
  };
}

/** Remembers the place for the next visit. Storage may be closed to the page; the place then lasts for this one. */
export function storePlace(key: string, place: Place): void {
  try {
    localStorage.setItem(key, JSON.stringify(place));
  } catch {
    // Nothing depends on it.
  }
}

/** The remembered place; `undefined` where there is none that makes sense. */
export function readPlace(key: string): Place | undefined {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null || !('right' in stored) || !('bottom' in stored))
      return undefined;
    const { right, bottom } = stored;
    return Number.isFinite(right) && Number.isFinite(bottom)
      ? { right: Number(right), bottom: Number(bottom) }
      : undefined;
  } catch {
    return undefined;
  }
}
