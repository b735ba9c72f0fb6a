import { Observable, type Subscribable } from 'rxjs';

/** Where events can come from: an Observable, an iterable or an async iterable. */
export type EventSource<Event> = Subscribable<Event> | Iterable<Event> | AsyncIterable<Event>;

/** An EventTarget, as far as events are taken from it. */
export interface EventDispatcher<Event> {
  addEventListener(type: string, listener: (event: Event) => void): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
}

/** Any source as an Observable. (RxJS's `from` takes more kinds, at 2 KB.) */
export function observeSource<Event>(source: EventSource<Event>): Observable<Event> {
  return new Observable((subscriber) => {
    if ('subscribe' in source) return source.subscribe(subscriber);
    void pull(
      source,
      () => subscriber.closed,
      (event) => subscriber.next(event),
    ).catch((error: unknown) => subscriber.error(error));
    return undefined;
  });
}

/** All events of one type that are dispatched on a target. */
export function observeEvents<Event>(target: EventDispatcher<Event>, type: string): Observable<Event> {
  return new Observable((subscriber) => {
    const listener = (event: Event) => subscriber.next(event);
    target.addEventListener(type, listener);
    return () => target.removeEventListener(type, listener);
  });
}

async function pull<Event>(
  source: Iterable<Event> | AsyncIterable<Event>,
  isOver: () => boolean,
  take: (event: Event) => void,
): Promise<void> {
  for await (const event of source) {
    if (isOver()) return;
    take(event);
  }
}
