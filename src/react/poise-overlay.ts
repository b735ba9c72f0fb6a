import { useEffect } from 'react';
import { disposeSymbol } from '../core/disposer.js';
import { mountOverlay, type OverlayOptions } from '../overlay/mount-overlay.js';
import type { OverlaySource } from '../overlay/overlay-source.js';

export interface PoiseOverlayProps {
  /** What it looks at. Default: the page's frames only. Keep it the same between renderings. */
  readonly source?: OverlaySource;
  /** As for `mountOverlay()`; taken when the component mounts. */
  readonly options?: { readonly [Name in keyof OverlayOptions]?: OverlayOptions[Name] };
}

const NOTHING: OverlaySource = Object.freeze({});

/** The debug overlay, for as long as it is rendered. It renders nothing itself, on the server either. */
export function PoiseOverlay({ source = NOTHING, options }: PoiseOverlayProps): null {
  // biome-ignore lint/correctness/useExhaustiveDependencies: options are taken when the component mounts
  useEffect(() => {
    const overlay = mountOverlay(source, options);
    return () => overlay[disposeSymbol]();
  }, [source]);
  return null;
}
