import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { asyncDisposeSymbol, disposeSymbol } from '../../src/core/index.js';
import { ResourceHandle, ResourceManager, type ResourceType } from '../../src/resources/index.js';

let manager: ResourceManager;
beforeEach(() => {
  manager = new ResourceManager();
});
afterEach(() => manager[asyncDisposeSymbol]());

/** Registers without a clean-up function, ends it through the manager, and checks that poise says so. */
async function end(type: ResourceType, resource: object, kind: string): Promise<void> {
  const registered = manager.register('it', type, resource);
  expect(registered.kind).toBe(kind);
  expect(await manager.cleanup(type)).toBe(1);
  expect(registered.status).toBe('cleaned');
}

/** Long enough for what would still arrive to arrive. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 60));

test('a worker no longer answers', async () => {
  const worker = new Worker(new URL('./echo.worker.ts', import.meta.url), { type: 'module' });
  const answers: unknown[] = [];
  worker.onmessage = ({ data }) => answers.push(data);
  worker.postMessage('before');
  await vi.waitFor(() => expect(answers).toEqual(['before']), 5_000);
  await end('thread', worker, 'Worker');
  worker.postMessage('after');
  await settle();
  expect(answers).toEqual(['before']);
});

test('the server sees a WebSocket and an EventSource close', async () => {
  const host = await commands.openSocketServer();
  const socket = new WebSocket(`ws://${host}`);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const source = new EventSource(`http://${host}/events`);
  await new Promise((resolve) => source.addEventListener('message', resolve));
  expect(await commands.readSocketServer(host)).toEqual({ opened: 2, closed: 0 });

  await end('network', socket, 'WebSocket');
  await vi.waitFor(async () => expect(await commands.readSocketServer(host)).toEqual({ opened: 2, closed: 1 }), 5_000);
  await end('network', source, 'EventSource');
  await vi.waitFor(async () => expect(await commands.readSocketServer(host)).toEqual({ opened: 2, closed: 2 }), 5_000);
  expect(source.readyState).toBe(EventSource.CLOSED);
  await commands.closeSocketServer(host);
});

test('an AbortController aborts the request that it belongs to', async () => {
  const controller = new AbortController();
  const request = fetch('/', { signal: controller.signal });
  await end('network', controller, 'AbortController');
  await expect(request).rejects.toMatchObject({ name: 'AbortError' });
});

test('a MessagePort delivers no more', async () => {
  const { port1, port2 } = new MessageChannel();
  const received: unknown[] = [];
  port1.onmessage = ({ data }) => received.push(data);
  port2.postMessage('before');
  await vi.waitFor(() => expect(received).toEqual(['before']));
  await end('thread', port1, 'MessagePort');
  port2.postMessage('after');
  await settle();
  expect(received).toEqual(['before']);
  port2.close();
});

test('a BroadcastChannel hears no more', async () => {
  const listener = new BroadcastChannel('known-objects');
  const speaker = new BroadcastChannel('known-objects');
  const heard: unknown[] = [];
  listener.onmessage = ({ data }) => heard.push(data);
  speaker.postMessage('before');
  await vi.waitFor(() => expect(heard).toEqual(['before']));
  await end('network', listener, 'BroadcastChannel');
  speaker.postMessage('after');
  await settle();
  expect(heard).toEqual(['before']);
  speaker.close();
});

test('a MutationObserver is silent', async () => {
  const element = document.createElement('div');
  let calls = 0;
  const observer = new MutationObserver(() => calls++);
  observer.observe(element, { attributes: true });
  element.id = 'before';
  await settle();
  expect(calls).toBe(1);
  await end('memory', observer, 'MutationObserver');
  element.id = 'after';
  await settle();
  expect(calls).toBe(1);
});

test('a ResizeObserver and an IntersectionObserver are silent', async () => {
  const element = document.body.appendChild(document.createElement('div'));
  let calls = 0;
  const resize = new ResizeObserver(() => calls++);
  const intersection = new IntersectionObserver(() => calls++);
  resize.observe(element);
  intersection.observe(element);
  await vi.waitFor(() => expect(calls).toBeGreaterThanOrEqual(2));
  await end('memory', resize, 'ResizeObserver');
  await end('memory', intersection, 'IntersectionObserver');
  const before = calls;
  element.style.height = '50px';
  element.style.marginLeft = '-5000px';
  await settle();
  expect(calls).toBe(before);
  element.remove();
});

test('a PerformanceObserver is silent', async () => {
  const seen: string[] = [];
  const observer = new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ name }) => name)));
  observer.observe({ type: 'mark' });
  performance.mark('before');
  await vi.waitFor(() => expect(seen).toEqual(['before']));
  await end('memory', observer, 'PerformanceObserver');
  performance.mark('after');
  await settle();
  expect(seen).toEqual(['before']);
});

test('timers never fire', async () => {
  const fired: string[] = [];
  const handles = {
    timeout: ResourceHandle.timeout(setTimeout(() => fired.push('timeout'), 20)),
    interval: ResourceHandle.interval(setInterval(() => fired.push('interval'), 20)),
    'animation frame': ResourceHandle.animationFrame(requestAnimationFrame(() => fired.push('animation frame'))),
  };
  for (const [kind, handle] of Object.entries(handles)) await end('temporary', handle, kind);
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(() => fired.push('idle callback'), { timeout: 20 });
    await end('temporary', ResourceHandle.idleCallback(id), 'idle callback');
  }
  await settle();
  expect(fired).toEqual([]);
});

test('an object URL leads nowhere', async () => {
  const url = URL.createObjectURL(new Blob(['content']));
  expect(await (await fetch(url)).text()).toBe('content');
  await end('temporary', ResourceHandle.objectUrl(url), 'object URL');
  await expect(fetch(url)).rejects.toThrow();
});

test('an IDBDatabase no longer keeps its database from being deleted', async () => {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('known-objects');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  await end('database', database, 'IDBDatabase');
  const outcome = await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase('known-objects');
    request.onsuccess = () => resolve('deleted');
    request.onblocked = () => resolve('blocked');
  });
  expect(outcome).toBe('deleted');
});

test('the source of a ReadableStream hears that it was cancelled', async () => {
  let cancelled = false;
  const stream = new ReadableStream({
    cancel: () => {
      cancelled = true;
    },
  });
  await end('network', stream, 'ReadableStream');
  expect(cancelled).toBe(true);
});

test('the tracks of a MediaStream end', async () => {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d');
  const stream = canvas.captureStream();
  expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['live']);
  await end('network', stream, 'MediaStream');
  expect(stream.getTracks().map(({ readyState }) => readyState)).toEqual(['ended']);
});

test('a subscription is unsubscribed', async () => {
  const subject = new Subject<void>();
  await end('memory', subject.subscribe(), 'Subscription');
  expect(subject.observed).toBe(false);
});

test('disposables are disposed, the asynchronous ones to their end', async () => {
  const log: string[] = [];
  await end('memory', { [disposeSymbol]: () => log.push('disposed') }, 'Disposable');
  const slow = {
    [asyncDisposeSymbol]: async () => {
      await settle();
      log.push('disposed at last');
    },
  };
  await end('memory', slow, 'AsyncDisposable');
  expect(log).toEqual(['disposed', 'disposed at last']);
});

test('a teardown runs', async () => {
  let ran = 0;
  await end(
    'memory',
    ResourceHandle.teardown(() => ran++),
    'teardown',
  );
  expect(ran).toBe(1);
});

test('objects of another frame are known as well', async () => {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  const other = frame.contentWindow;
  if (!other) throw new Error('the frame has no window');
  const controller: AbortController = Reflect.construct(Reflect.get(other, 'AbortController'), []);
  const channel: BroadcastChannel = Reflect.construct(Reflect.get(other, 'BroadcastChannel'), ['poise-other-frame']);
  expect(controller).not.toBeInstanceOf(AbortController);
  expect(manager.register('request', 'network', controller).kind).toBe('AbortController');
  expect(manager.register('news', 'network', channel).kind).toBe('BroadcastChannel');
  expect(await manager.cleanup()).toBe(2);
  expect(controller.signal.aborted).toBe(true);
  expect(() => channel.postMessage(1)).toThrow();
  frame.remove();
});

test("an app's own class that only carries a platform's name is none of it", () => {
  const impostor = { [Symbol.toStringTag]: 'Worker' };
  expect(() => manager.register('impostor', 'thread', impostor)).toThrow(
    expect.objectContaining({ code: 'POISE_RESOURCE_NO_CLEANUP' }),
  );
});
