import { asyncDisposeSymbol, disposeSymbol } from '../core/disposer.js';

/** A kind of object that poise can end without being told how. */
export interface KnownKind {
  readonly name: string;
  readonly matches: (resource: object) => boolean;
  /** May return a promise. Holds on to nothing. */
  readonly end: (resource: object) => unknown;
}

function kind<T extends object>(
  name: string,
  matches: (resource: object) => resource is T,
  end: (resource: T) => unknown,
): KnownKind {
  return { name, matches, end: (resource) => (matches(resource) ? end(resource) : undefined) };
}

/** Whether an object is of a platform class, by its brand. Unlike `instanceof`, that holds for another frame's as well. */
function isA(resource: object, name: string): boolean {
  for (let at: object | null = resource; at; at = Reflect.getPrototypeOf(at)) {
    if (Object.getOwnPropertyDescriptor(at, Symbol.toStringTag)?.value === name) return true;
  }
  return false;
}

/** A platform class by its name, which is also its brand, and by the method that ends it: anybody may carry a name. */
function platform<T extends object>(name: string, method: keyof T, end: (resource: T) => unknown): KnownKind {
  return kind(name, (resource): resource is T => isA(resource, name) && hasMethod(resource, method), end);
}

const hasMethod = (resource: object, name: PropertyKey): boolean => typeof Reflect.get(resource, name) === 'function';
const isAsyncDisposable = (resource: object): resource is AsyncDisposable => hasMethod(resource, asyncDisposeSymbol);
const isDisposable = (resource: object): resource is Disposable => hasMethod(resource, disposeSymbol);
const isSubscription = (resource: object): resource is { unsubscribe(): unknown } => hasMethod(resource, 'unsubscribe');

/** Looked through from the top: the platform's own classes first, then protocols that any object may follow. */
const KNOWN_KINDS: readonly KnownKind[] = [
  platform<Worker>('Worker', 'terminate', (worker) => worker.terminate()),
  platform<WebSocket>('WebSocket', 'close', (socket) => socket.close()),
  platform<EventSource>('EventSource', 'close', (source) => source.close()),
  platform<AbortController>('AbortController', 'abort', (controller) => controller.abort()),
  platform<MessagePort>('MessagePort', 'close', (port) => port.close()),
  platform<BroadcastChannel>('BroadcastChannel', 'close', (channel) => channel.close()),
  platform<MutationObserver>('MutationObserver', 'disconnect', (observer) => observer.disconnect()),
  platform<ResizeObserver>('ResizeObserver', 'disconnect', (observer) => observer.disconnect()),
  platform<IntersectionObserver>('IntersectionObserver', 'disconnect', (observer) => observer.disconnect()),
  platform<PerformanceObserver>('PerformanceObserver', 'disconnect', (observer) => observer.disconnect()),
  platform<IDBDatabase>('IDBDatabase', 'close', (database) => database.close()),
  platform<ReadableStream>('ReadableStream', 'cancel', (stream) => stream.cancel()),
  platform<MediaStream>('MediaStream', 'getTracks', (stream) => {
    for (const track of stream.getTracks()) track.stop();
  }),
  kind('AsyncDisposable', isAsyncDisposable, (resource) => resource[asyncDisposeSymbol]()),
  kind('Disposable', isDisposable, (resource) => resource[disposeSymbol]()),
  kind('Subscription', isSubscription, (resource) => resource.unsubscribe()),
];

/** The kind of an object that poise can end; undefined where it can't. */
export function findKnownKind(resource: object): KnownKind | undefined {
  return KNOWN_KINDS.find(({ matches }) => matches(resource));
}
