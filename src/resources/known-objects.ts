import { asyncDisposeSymbol, disposeSymbol } from '../core/disposer.js';

/** A kind of object that poise can end without being told how. */
export interface KnownKind {
  readonly name: string;
  readonly matches: (resource: object) => boolean;
  /** May return a promise. Holds on to nothing. */
  readonly end: (resource: object) => unknown;
}

type Constructor<T> = new (...args: never[]) => T;

function kind<T extends object>(
  name: string,
  matches: (resource: object) => resource is T,
  end: (resource: T) => unknown,
): KnownKind {
  return { name, matches, end: (resource) => (matches(resource) ? end(resource) : undefined) };
}

/** A platform class, looked up when it is asked for: the engine may lack it, and Node does. */
function instance<T extends object>(
  name: string,
  find: () => Constructor<T> | undefined,
  end: (resource: T) => unknown,
): KnownKind {
  const matches = (resource: object): resource is T => {
    const type = find();
    return type !== undefined && resource instanceof type;
  };
  return kind(name, matches, end);
}

const hasMethod = (resource: object, name: PropertyKey): boolean => typeof Reflect.get(resource, name) === 'function';
const isAsyncDisposable = (resource: object): resource is AsyncDisposable => hasMethod(resource, asyncDisposeSymbol);
const isDisposable = (resource: object): resource is Disposable => hasMethod(resource, disposeSymbol);
const isSubscription = (resource: object): resource is { unsubscribe(): unknown } => hasMethod(resource, 'unsubscribe');

/** Looked through from the top: the platform's own classes first, then protocols that any object may follow. */
const KNOWN_KINDS: readonly KnownKind[] = [
  instance(
    'Worker',
    () => globalThis.Worker,
    (worker) => worker.terminate(),
  ),
  instance(
    'WebSocket',
    () => globalThis.WebSocket,
    (socket) => socket.close(),
  ),
  instance(
    'EventSource',
    () => globalThis.EventSource,
    (source) => source.close(),
  ),
  instance(
    'AbortController',
    () => globalThis.AbortController,
    (controller) => controller.abort(),
  ),
  instance(
    'MessagePort',
    () => globalThis.MessagePort,
    (port) => port.close(),
  ),
  instance(
    'BroadcastChannel',
    () => globalThis.BroadcastChannel,
    (channel) => channel.close(),
  ),
  instance(
    'MutationObserver',
    () => globalThis.MutationObserver,
    (observer) => observer.disconnect(),
  ),
  instance(
    'ResizeObserver',
    () => globalThis.ResizeObserver,
    (observer) => observer.disconnect(),
  ),
  instance(
    'IntersectionObserver',
    () => globalThis.IntersectionObserver,
    (observer) => observer.disconnect(),
  ),
  instance(
    'PerformanceObserver',
    () => globalThis.PerformanceObserver,
    (observer) => observer.disconnect(),
  ),
  instance(
    'IDBDatabase',
    () => globalThis.IDBDatabase,
    (database) => database.close(),
  ),
  instance(
    'ReadableStream',
    () => globalThis.ReadableStream,
    (stream) => stream.cancel(),
  ),
  instance(
    'MediaStream',
    () => globalThis.MediaStream,
    (stream) => {
      for (const track of stream.getTracks()) track.stop();
    },
  ),
  kind('AsyncDisposable', isAsyncDisposable, (resource) => resource[asyncDisposeSymbol]()),
  kind('Disposable', isDisposable, (resource) => resource[disposeSymbol]()),
  kind('Subscription', isSubscription, (resource) => resource.unsubscribe()),
];

/** The kind of an object that poise can end; undefined where it can't. */
export function findKnownKind(resource: object): KnownKind | undefined {
  return KNOWN_KINDS.find(({ matches }) => matches(resource));
}
