/** Where a cache's entries are in IndexedDB. */
export const databaseName = (cacheName: string): string => `poise-cache:${cacheName}`;
