import { expose, proxy, releaseProxy, wrap } from 'comlink';
import type { Teardown } from '../core/disposer.js';

/** Makes a function of the app's callable through a port. `close` ends it, also when the worker is gone. */
export function exposeFunction(call: (...args: never[]) => unknown): { readonly port: MessagePort; close: Teardown } {
  const { port1, port2 } = new MessageChannel();
  expose(proxy(call), port1);
  return { port: port2, close: () => port1.close() };
}

/** The function behind a port, as a task sees it: each call gives a promise. Held until `release`. */
export function callBack(port: unknown): { readonly call: unknown; readonly release: Teardown } {
  if (!(port instanceof MessagePort)) throw new TypeError('a function came without its port');
  const remote = wrap<() => unknown>(port);
  return { call: remote, release: () => remote[releaseProxy]() };
}
