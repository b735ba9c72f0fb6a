import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { commands } from 'vitest/browser';
import {
  NetworkCapture,
  type NetworkConfig,
  type NetworkDependencies,
  type NetworkEntry,
} from '../../../src/collect/index.js';
import { disposeSymbol } from '../../../src/core/index.js';

export interface TestServer {
  origin: string;
}

/** A server for the tests of one file. */
export function testServer(): TestServer {
  const server = { origin: '' };
  beforeAll(async () => {
    server.origin = await commands.openHttpServer();
  });
  afterAll(() => commands.closeHttpServer(server.origin));
  return server;
}

export interface Capturing {
  readonly capture: NetworkCapture;
  readonly entries: readonly NetworkEntry[];
  /** The entries, when there are so many; requests of others (the test runner's) are left out. */
  readonly until: (count: number) => Promise<readonly NetworkEntry[]>;
}

/** A capture that runs to the end of the test. */
export function startCapture(config: NetworkConfig = {}, dependencies: NetworkDependencies = {}): Capturing {
  const capture = new NetworkCapture(config, dependencies);
  const entries: NetworkEntry[] = [];
  capture.entries$.subscribe((entry) => {
    if (entry.url.includes('127.0.0.1')) entries.push(entry);
  });
  capture.start();
  onTestFinished(() => capture[disposeSymbol]());
  return {
    capture,
    entries,
    until: async (count) => {
      await expect.poll(() => entries.length, { timeout: 8_000 }).toBeGreaterThanOrEqual(count);
      return entries;
    },
  };
}

export const CONFIGS: readonly (readonly [string, NetworkConfig])[] = [
  ['the outline only', {}],
  ['headers and bodies', { headers: true, bodies: true }],
];

/** What `work` gives, or fails with, in a form that compares. */
export async function outcome(work: () => unknown): Promise<unknown> {
  try {
    return { value: await work() };
  } catch (cause) {
    const { name, message }: { name?: unknown; message?: unknown } = Object(cause);
    return { thrown: String(cause), name, message };
  }
}

/** Does the same without capture and with each kind of it, and expects the same. Gives what it was. */
export async function expectSame(work: () => unknown): Promise<unknown> {
  const plain = await outcome(work);
  for (const [name, config] of CONFIGS) {
    const capture = new NetworkCapture(config);
    capture.start();
    try {
      expect(await outcome(work), `with capture of ${name}`).toEqual(plain);
    } finally {
      capture[disposeSymbol]();
    }
  }
  return plain;
}
