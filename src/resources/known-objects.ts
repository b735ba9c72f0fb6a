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

/** A platform class by its name, which is also its brand: the engine may lack it, and Node does. */
function platform<T extends object>(name: string, end: (resource: T) => unknown): KnownKind {
  return kind(name, (resource): resource is T => isA(resource, name), end);
}

const hasMethod = (resource: object, name: PropertyKey): boolean => typeof Reflect.get(resource, name) === 'function';
const isAsyncDisposable = (resource: object): resource is AsyncDisposable => hasMethod(resource, asyncDisposeSymbol);
const isDisposable = (resource: object): resource is Disposable => hasMethod(resource, disposeSymbol);
const isSubscription = (resource: object): resource is { unsubscribe(): unknown } => hasMethod(resource, 'unsubscribe');

/** Looked through from the top: the platform's own classes first, then protocols that any object may follow. */
const KNOWN_KINDS: readonly KnownKind[] = [
  platform<Worker>('Worker', (worker) => worker.terminate()),
  platform<WebSocket>('WebSocket', (socket) => socket.close()),
  platform<EventSource>('EventSource', (source) => source.close()),
  platform<AbortController>('AbortController', (controller) => controller.abort()),
  platform<MessagePort>('MessagePort', (port) => port.close()),
  platform<BroadcastChannel>('BroadcastChannel', (channel) => channel.close()),
  platform<MutationObserver>('MutationObserver', (observer) => observer.disconnect()),
  platform<ResizeObserver>('ResizeObserver', (observer) => observer.disconnect()),
  platform<IntersectionObserver>('IntersectionObserver', (observer) => observer.disconnect()),
  platform<PerformanceObserver>('PerformanceObserver', (observer) => observer.disconnect()),
  platform<IDBDatabase>('IDBDatabase', (database) => database.close()),
  platform<ReadableStream>('ReadableStream', (stream) => stream.cancel()),
  platform<MediaStream>('MediaStream', (stream) => {
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
