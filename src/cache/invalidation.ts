/** What is invalid, as one tab tells the others. Where `cache` is left out, it holds for all caches of the manager. */
export type Invalidation =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'keys'; readonly cache: string; readonly keys: readonly unknown[] }
  | { readonly kind: 'clear'; readonly cache?: string | undefined };

interface Message {
  readonly id: string;
  readonly invalidation: Invalidation;
}

export function isMessage(data: unknown): data is Message {
  if (typeof data !== 'object' || data === null || !('id' in data) || !('invalidation' in data)) return false;
  const { id, invalidation } = data;
  return typeof id === 'string' && typeof invalidation === 'object' && invalidation !== null && 'kind' in invalidation;
}
