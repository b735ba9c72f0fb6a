import { useSyncExternalStore } from 'react';
import type { Store } from './throttled-store.js';

/** What a store made by `throttleStore()` holds, or what `select` takes of it; it must give the same for the same. */
export function useThrottledStore<Snapshot>(store: Required<Store<Snapshot>>): Snapshot;
export function useThrottledStore<Snapshot, Selected>(
  store: Required<Store<Snapshot>>,
  select: (snapshot: Snapshot) => Selected,
): Selected;
export function useThrottledStore<Snapshot, Selected>(
  store: Required<Store<Snapshot>>,
  select?: (snapshot: Snapshot) => Selected,
): Snapshot | Selected {
  const read = () => (select ? select(store.getSnapshot()) : store.getSnapshot());
  const readOnServer = () => (select ? select(store.getServerSnapshot()) : store.getServerSnapshot());
  return useSyncExternalStore(store.subscribe, read, readOnServer);
}
