import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAccessLog } from '../../demo/feed/read-log.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'poise-demo-'));
});
afterAll(() => rm(folder, { recursive: true }));

const lineOf = (path: string) => `192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET ${path} HTTP/1.1" 200 1 "-" "-"`;
const LOG = [lineOf('/a'), 'not a log line', '', lineOf('/b'), '   ', lineOf('/c')].join('\r\n');

async function write(name: string, data: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, data);
  return file;
}

test('reads a plain file and counts what it could not read', async () => {
  const { source, entries } = await readAccessLog(await write('access.log', LOG));
  expect(entries.map(({ url }) => url)).toEqual(['/a', '/b', '/c']);
  expect(source).toEqual({ kind: 'log', name: 'access.log', entries: 3, unparsable: 1, truncated: false });
});

test('reads a gzipped file, whatever it is called', async () => {
  const { entries } = await readAccessLog(await write('rotated.1', gzipSync(LOG)));
  expect(entries).toHaveLength(3);
});

test('keeps a bounded number and says so', async () => {
  const { source } = await readAccessLog(await write('long.log', LOG), 2);
  expect(source).toMatchObject({ entries: 2, truncated: true });
});

test('a file that is no access log is refused by name', async () => {
  await expect(readAccessLog(await write('notes.txt', 'hello\nworld'))).rejects.toThrow(
    /notes\.txt: .*combined format \(2 looked at\)/,
  );
});

test('an empty file is refused', async () => {
  await expect(readAccessLog(await write('empty.log', ''))).rejects.toThrow(/combined format/);
});

test('a missing file is refused by name', async () => {
  await expect(readAccessLog(join(folder, 'absent.log'))).rejects.toThrow(/absent\.log/);
});

test('a gzipped file that is cut short is refused', async () => {
  const cut = gzipSync(LOG).subarray(0, 40);
  await expect(readAccessLog(await write('cut.gz', cut))).rejects.toThrow();
});
