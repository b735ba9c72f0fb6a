export { Database, type DatabaseConfig } from './database.js';
export { StorageError, StorageErrorKind, toStorageError } from './storage-error.js';
export { StorageTraffic } from './storage-traffic.js';
