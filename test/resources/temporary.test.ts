import { afterEach, beforeEach, expect, test } from 'vitest';
import { asyncDisposeSymbol, detectEnvironment } from '../../src/core/index.js';
import { ResourceManager } from '../../src/resources/index.js';

let manager: ResourceManager;
beforeEach(() => {
  manager = new ResourceManager({ maxTempSizeBytes: 1_000 });
});
afterEach(() => manager[asyncDisposeSymbol]());

const supported = new ResourceManager().stats.temporaryFiles === 'supported';

/** The sessions in the origin private file system, as the browser lists them. */
async function sessions(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  const ours = await root.getDirectoryHandle('poise-temporary', { create: true });
  const names: string[] = [];
  for await (const name of ours.keys()) names.push(name);
  return names;
}

test('whether files can be had is what the engine has', () => {
  const has = typeof FileSystemFileHandle !== 'undefined' && 'createWritable' in FileSystemFileHandle.prototype;
  expect(supported).toBe(has);
});

test.each(['storage', 'locks'] as const)(
  'without %s a temporary file is refused, and nothing is registered',
  (name) => {
    const environment = { ...detectEnvironment(), [name]: undefined };
    const limited = new ResourceManager({}, { environment });
    expect(limited.stats.temporaryFiles).toBe('unsupported');
    expect(() => limited.temporary('file')).toThrow(
      expect.objectContaining({ code: 'POISE_RESOURCE_TEMP_UNSUPPORTED' }),
    );
    expect(limited.stats.registered).toBe(0);
  },
);

test.runIf(supported)('a file is there until it is disposed, and its session with it', async () => {
  const file = manager.temporary('file', { prefix: 'trace', suffix: '.json' });
  expect(file.name).toMatch(/^trace-.*\.json$/);
  expect(await sessions()).toEqual([]);
  await file.write('grün');
  expect(await (await file.read()).text()).toBe('grün');
  expect(file.sizeBytes).toBe(5);
  expect(manager.stats).toMatchObject({ temporaryBytes: 5, bytesHeld: 5 });
  expect(manager.list('file').map(({ id, kind }) => [id, kind])).toEqual([[file.name, 'temporary file']]);
  const [session = ''] = await sessions();
  const handle = await file.open();
  await file.dispose();
  await file.dispose();
  await expect(handle.getFile()).rejects.toMatchObject({ name: 'NotFoundError' });
  expect(await sessions()).toEqual([]);
  const { held } = await navigator.locks.query();
  expect(held?.filter(({ name }) => name?.includes(session))).toEqual([]);
  expect(manager.stats).toMatchObject({ temporaryBytes: 0, active: 0, cleaned: 1, bytesFreed: 5 });
  await expect(file.write('more')).rejects.toMatchObject({ code: 'POISE_RESOURCE_DISPOSED' });
});

test.runIf(supported)('one file ends, and the others of the page stay', async () => {
  const [first, second] = [manager.temporary('file'), manager.temporary('file')];
  await Promise.all([first.write('first'), second.write('second')]);
  await first.dispose();
  expect(await (await second.read()).text()).toBe('second');
  const third = manager.temporary('file');
  await second.dispose();
  await third.write('third');
  expect(await (await third.read()).text()).toBe('third');
});

test.runIf(supported)('a directory goes with all that is in it', async () => {
  const directory = manager.temporary('directory');
  await directory.write('a.txt', 'four');
  await directory.write('b.txt', 'four');
  await directory.write('b.txt', 'fourfour');
  expect(directory.sizeBytes).toBe(12);
  expect(await (await directory.read('b.txt')).text()).toBe('fourfour');
  const handle = await directory.open();
  expect(await manager.cleanup('directory')).toBe(1);
  await expect(handle.getFileHandle('a.txt')).rejects.toMatchObject({ name: 'NotFoundError' });
  expect(manager.stats.temporaryBytes).toBe(0);
});

test.runIf(supported)('what does not fit the budget is refused, and what was there stays', async () => {
  const file = manager.temporary('file');
  await file.write('x'.repeat(600));
  const other = manager.temporary('buffer', { byteLength: 300 });
  await expect(file.write('y'.repeat(701))).rejects.toMatchObject({ code: 'POISE_RESOURCE_TEMP_BUDGET' });
  expect(await (await file.read()).text()).toBe('x'.repeat(600));
  expect(() => manager.temporary('buffer', { byteLength: 101 })).toThrow(/maxTempSizeBytes \(1000\)/);
  await file.write('y'.repeat(700));
  expect(manager.stats.temporaryBytes).toBe(1_000);
  other.dispose();
  await file.write('z');
  expect(manager.stats.temporaryBytes).toBe(1);
});

test.runIf(supported)('writes at once land one after the other, and dispose waits for them', async () => {
  const file = manager.temporary('file');
  const writes = Array.from({ length: 5 }, (_, n) => file.write('x'.repeat(n + 1)));
  await Promise.all(writes);
  expect(await (await file.read()).text()).toBe('xxxxx');
  const last = file.write('last');
  const disposing = file.dispose();
  await last;
  await disposing;
  expect(await sessions()).toEqual([]);
});

test.runIf(supported)('a file that is locked is removed by the next try', async () => {
  const file = manager.temporary('file');
  const writer = await (await file.open()).createWritable();
  await file.dispose();
  if (manager.stats.cleaned === 0) {
    expect(manager.stats).toMatchObject({ failed: 1, retrying: 1 });
    expect(await sessions()).toHaveLength(1);
    await writer.close();
    await manager.sweep();
  } else {
    // The engine removes a file under its writer.
    await writer.abort();
  }
  expect(manager.stats).toMatchObject({ cleaned: 1, retrying: 0 });
  expect(await sessions()).toEqual([]);
});

test.runIf(supported && Symbol.asyncDispose)('await using removes it with its block', async () => {
  const { analyse } = await import('./using-blocks.js');
  await expect(analyse(manager)).rejects.toThrow('analysis failed');
  expect(manager.stats).toMatchObject({ active: 0, cleaned: 1 });
  expect(await sessions()).toEqual([]);
});

test('the callback form gives its result, or its error, when all has ended', async () => {
  const length = await manager.withTemporary('buffer', ({ buffer }) => buffer.byteLength, { byteLength: 16 });
  expect(length).toBe(16);
  const failing = manager.withTemporary('buffer', () => Promise.reject(new Error('no')), { byteLength: 16 });
  await expect(failing).rejects.toThrow('no');
  expect(manager.stats).toMatchObject({ active: 0, cleaned: 2, temporaryBytes: 0 });
});

test('an object URL is revoked', async () => {
  const { url } = manager.temporary('url', { blob: new Blob(['content']) });
  expect(manager.stats.temporaryBytes).toBe(7);
  expect(await (await fetch(url)).text()).toBe('content');
  await manager.cleanup('temporary');
  await expect(fetch(url)).rejects.toThrow();
  expect(manager.stats.temporaryBytes).toBe(0);
});

test('a buffer is given back, whoever holds it, and one that was transferred is left alone', () => {
  const temporary = manager.temporary('buffer', { byteLength: 100 });
  const bytes = new Uint8Array(temporary.buffer);
  temporary.dispose();
  expect(bytes.length).toBe(0);
  const sent = manager.temporary('buffer', { byteLength: 100 });
  const received = structuredClone(sent.buffer, { transfer: [sent.buffer] });
  sent.dispose();
  expect(received.byteLength).toBe(100);
  expect(manager.stats).toMatchObject({ cleaned: 2, temporaryBytes: 0 });
});

test.each([
  ['an unknown kind', ['pipe'], /kind/],
  ['a url without a blob', ['url'], /blob/],
  ['a buffer without a length', ['buffer', {}], /byteLength/],
  ['a bad time-out', ['buffer', { byteLength: 1, timeoutMs: -1 }], /timeoutMs/],
])('%s is refused', (_, args, message) => {
  expect(() => Reflect.apply(manager.temporary, manager, args)).toThrow(message);
  expect(manager.stats).toMatchObject({ registered: 0, temporaryBytes: 0 });
});

test.runIf(supported)('a file name cannot lead elsewhere', () => {
  expect(() => manager.temporary('file', { prefix: '../up' })).toThrow(/prefix/);
});

test.runIf(supported)("what is written through a file's own handle is counted when it is read", async () => {
  const file = manager.temporary('file');
  await file.write('12345');
  const stream = await (await file.open()).createWritable();
  await stream.write('123456789');
  await stream.close();
  expect(manager.stats.temporaryBytes).toBe(5);
  await file.read();
  expect([file.sizeBytes, manager.stats.temporaryBytes, manager.stats.bytesHeld]).toEqual([9, 9, 9]);
  const directory = manager.temporary('directory');
  const inner = await (await directory.open()).getFileHandle('a', { create: true });
  const innerStream = await inner.createWritable();
  await innerStream.write('123');
  await innerStream.close();
  await directory.read('a');
  await directory.read('a');
  expect([directory.sizeBytes, manager.stats.temporaryBytes]).toEqual([3, 12]);
  await Promise.all([file.dispose(), directory.dispose()]);
  expect(manager.stats.temporaryBytes).toBe(0);
});

test.runIf(supported)('leftovers that can not be looked for are told of, and nothing is thrown', async () => {
  const { storage } = detectEnvironment();
  if (!storage) throw new Error('there is storage here');
  // As in a frame whose storage the browser has closed: asking for it fails.
  const closed: StorageManager = Object.create(storage, {
    getDirectory: { value: () => Promise.reject(new DOMException('no storage here', 'SecurityError')) },
  });
  const limited = new ResourceManager({}, { environment: { ...detectEnvironment(), storage: closed } });
  const errors: unknown[] = [];
  limited.errors$.subscribe((error) => errors.push(error));
  expect(await limited.cleanLeftovers()).toBe(0);
  expect(errors).toMatchObject([{ code: 'POISE_RESOURCE_TEMP_FAILED', cause: { name: 'SecurityError' } }]);
  expect(limited.stats).toMatchObject({ leftoversFailed: 1, leftoversRemoved: 0 });
});
