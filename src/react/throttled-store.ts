import type { UpdateThrottler } from '../throttle/update-throttler.js';

/** Anything that can be subscribed to and read: Redux, Zustand, nanostores, or a few lines of one's own. */
export interface Store<Snapshot> {
  /** Calls `onChange` after each change. Returns what ends that. */
  subscribe(onChange: () => void): () => void;
  /** What it holds now; the same value as long as nothing has changed. */
  getSnapshot(): Snapshot;
  /** What the server rendered. Default: `getSnapshot()`. */
  getServerSnapshot?(): Snapshot;
}

/**
 * A store that follows another one at the throttler's rate: between two refreshes it stays as it is, and the last change
 * always lands. All components that use it see one snapshot, so nothing tears. It subscribes while it is subscribed to.
 */
export function throttleStore<Snapshot>(
  source: Store<Snapshot>,
  throttler: UpdateThrottler,
): Required<Store<Snapshot>> {
  const key = Symbol('store');
  const listeners = new Set<() => void>();
  let held: { readonly snapshot: Snapshot } | undefined;
  let unsubscribe: (() => void) | undefined;

  const refresh = () => {
    const snapshot = source.getSnapshot();
    if (!held || Object.is(snapshot, held.snapshot)) return;
    held = { snapshot };
    for (const listener of [...listeners]) listener();
  };

  return {
    subscribe(onChange) {
      // A function of its own, so that one that subscribes twice is told twice.
      const listener = () => onChange();
      listeners.add(listener);
      if (!unsubscribe) {
        held = { snapshot: source.getSnapshot() };
        unsubscribe = source.subscribe(() => void throttler.requestUpdate(refresh, { key }));
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        unsubscribe?.();
        unsubscribe = undefined;
        held = undefined;
        throttler.cancel(key);
      };
    },
    getSnapshot: () => (held ? held.snapshot : source.getSnapshot()),
    getServerSnapshot: () => (source.getServerSnapshot ?? source.getSnapshot)(),
  };
}
