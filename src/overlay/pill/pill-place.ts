/** Where the pill stands: pixels from the right and the bottom edge of the viewport. */
export interface PillPlace {
  readonly right: number;
  readonly bottom: number;
}

export const DEFAULT_PLACE: PillPlace = Object.freeze({ right: 16, bottom: 16 });

/** Keeps the whole pill in view. */
export function keepInView(
  { right, bottom }: PillPlace,
  pill: DOMRect,
  viewport: { readonly width: number; readonly height: number },
): PillPlace {
  return {
    right: Math.max(0, Math.min(right, viewport.width - pill.width)),
    bottom: Math.max(0, Math.min(bottom, viewport.height - pill.height)),
  };
}

/** Remembers the place for the next visit. Storage may be closed to the page; the place then lasts for this one. */
export function storePlace(key: string, place: PillPlace): void {
  try {
    localStorage.setItem(key, JSON.stringify(place));
  } catch {
    // Nothing depends on it.
  }
}

/** The remembered place; `undefined` where there is none that makes sense. */
export function readPlace(key: string): PillPlace | undefined {
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
