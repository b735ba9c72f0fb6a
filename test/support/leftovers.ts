import type { OpenThings } from './open-things.js';

type Scope = Window & typeof globalThis;
type Method = (...args: unknown[]) => unknown;

/**
 * Counts in `things` what this page opens and ends from now on: listeners of window and document, timers and frames,
 * performance observers, ports, channels, workers, locks and databases. What is wrapped behaves as before.
 */
export function watchLeftovers(scope: Scope, things: OpenThings): void {
  watchListeners(scope, things);
  watchTimers(scope, things);
  watchObservers(scope, things);
  watchPorts(scope, things);
  watchConstructed(scope, 'BroadcastChannel', 'close', things);
  watchConstructed(scope, 'Worker', 'terminate', things);
  watchLocks(scope, things);
  watchDatabases(scope, things);
}

/** Puts `around` in the place of a method; it is given the original, bound to the call. */
function wrap(
  target: object,
  name: string,
  around: (self: unknown, args: unknown[], original: () => unknown) => unknown,
) {
  const original: Method | undefined = Reflect.get(target, name);
  if (!original) return;
  Reflect.set(target, name, function (this: unknown, ...args: unknown[]) {
    return around(this, args, () => Reflect.apply(original, this, args));
  });
}

function watchListeners(scope: Scope, things: OpenThings): void {
  const ids = new WeakMap<object, number>();
  let lastId = 0;
  const idOf = (value: unknown): number => {
    const object = Object(value);
    const id = ids.get(object) ?? ++lastId;
    ids.set(object, id);
    return id;
  };
  const { addEventListener } = scope.EventTarget.prototype;
  const isWatched = (target: unknown) => target === scope || target === scope.document;
  const capture = (options: unknown) =>
    typeof options === 'object' ? Boolean(Object(options).capture) : Boolean(options);
  const keyOf = (target: unknown, [type, listener, options]: unknown[]) =>
    `listener ${type} ${idOf(target)} ${idOf(listener)} ${capture(options)}`;

  wrap(scope.EventTarget.prototype, 'addEventListener', (self, args, original) => {
    const target = self ?? scope;
    const [type, listener, options] = args;
    const { once, signal } = Object(options);
    const key = keyOf(target, args);
    if (!isWatched(target) || !listener || signal?.aborted || things.keys().has(key)) return original();
    const end = () => things.delete(key);
    // Added before the listener itself, which may stop the event.
    if (once) Reflect.apply(addEventListener, target, [type, end, { once, capture: capture(options), signal }]);
    if (signal) Reflect.apply(addEventListener, signal, ['abort', end, { once: true }]);
    things.add(key, `a listener for '${type}' on ${target === scope ? 'window' : 'document'}`);
    return original();
  });
  wrap(scope.EventTarget.prototype, 'removeEventListener', (self, args, original) => {
    things.delete(keyOf(self ?? scope, args));
    return original();
  });
}

function watchTimers(scope: Scope, things: OpenThings): void {
  const watch = (start: string, ends: readonly string[], family: string, repeats = false) => {
    wrap(scope, start, (_self, args, original) => {
      const [callback] = args;
      if (typeof callback !== 'function') return original();
      let key = '';
      args[0] = function (this: unknown, ...given: unknown[]) {
        if (!repeats) things.delete(key);
        return Reflect.apply(callback, this, given);
      };
      const id = original();
      key = `${family} ${id}`;
      things.add(key, `a ${start}`);
      return id;
    });
    for (const end of ends) {
      wrap(scope, end, (_self, args, original) => {
        things.delete(`${family} ${args[0]}`);
        return original();
      });
    }
  };
  // Timeouts and intervals share their numbers; each may be cleared by either.
  watch('setTimeout', ['clearTimeout'], 'timer');
  watch('setInterval', ['clearInterval'], 'timer', true);
  watch('requestAnimationFrame', ['cancelAnimationFrame'], 'frame');
  watch('requestIdleCallback', ['cancelIdleCallback'], 'idle');
}

function watchObservers(scope: Scope, things: OpenThings): void {
  wrap(scope.PerformanceObserver.prototype, 'observe', (self, _args, original) => {
    const result = original();
    things.add(self, 'a PerformanceObserver');
    return result;
  });
  endBy(scope.PerformanceObserver, 'disconnect', things);
}

/** Ends what was counted under the object itself when its method is called. */
function endBy(type: { readonly prototype: object }, end: string, things: OpenThings): void {
  wrap(type.prototype, end, (self, _args, original) => {
    things.delete(self);
    return original();
  });
}

/** Calls `made` with each new object of a global class. */
function onConstruct(scope: Scope, name: string, made: (object: object) => void): void {
  Reflect.set(
    scope,
    name,
    new Proxy(Reflect.get(scope, name), {
      construct(type, args, newTarget) {
        const object: object = Reflect.construct(type, args, newTarget);
        made(object);
        return object;
      },
    }),
  );
}

function watchConstructed(scope: Scope, name: 'BroadcastChannel' | 'Worker', end: string, things: OpenThings): void {
  endBy(scope[name], end, things);
  onConstruct(scope, name, (object) => things.add(object, `a ${name}`));
}

/** A channel is over when either port is closed; a port that was transferred is somebody else's. */
function watchPorts(scope: Scope, things: OpenThings): void {
  const peers = new WeakMap<object, object>();
  onConstruct(scope, 'MessageChannel', (channel) => {
    if (!(channel instanceof scope.MessageChannel)) return;
    const { port1, port2 } = channel;
    peers.set(port1, port2).set(port2, port1);
    for (const port of [port1, port2]) things.add(port, 'a MessagePort');
  });
  wrap(scope.MessagePort.prototype, 'close', (self, _args, original) => {
    things.delete(self);
    things.delete(peers.get(Object(self)));
    return original();
  });
  for (const sender of [scope.MessagePort.prototype, scope.Worker.prototype, scope]) {
    wrap(sender, 'postMessage', (_self, args, original) => {
      const result = original();
      const transferred = args.flatMap((arg, at) => (at === 0 ? [] : (Object(arg).transfer ?? arg)));
      for (const object of transferred) things.delete(object);
      return result;
    });
  }
}

function watchLocks(scope: Scope, things: OpenThings): void {
  if (!scope.navigator.locks) return;
  wrap(scope.LockManager.prototype, 'request', (_self, args, original) => {
    const request = original();
    if (!(request instanceof scope.Promise)) return request;
    things.add(request, `the lock '${args[0]}', held or waited for`);
    const end = () => things.delete(request);
    request.then(end, end);
    return request;
  });
}

function watchDatabases(scope: Scope, things: OpenThings): void {
  const { addEventListener } = scope.EventTarget.prototype;
  wrap(scope.IDBFactory.prototype, 'open', (_self, args, original) => {
    const request = original();
    const opened = () => {
      const database: unknown = Object(request).result;
      things.add(database, `the database '${args[0]}'`);
      Reflect.apply(addEventListener, database, ['close', () => things.delete(database)]);
    };
    Reflect.apply(addEventListener, request, ['success', opened]);
    return request;
  });
  endBy(scope.IDBDatabase, 'close', things);
}
