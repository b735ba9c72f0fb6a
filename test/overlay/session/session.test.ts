import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LongFrame } from '../../../src/collect/long-frames.js';
import { disposeSymbol, PoiseError } from '../../../src/core/index.js';
import { MemoryManager } from '../../../src/memory/index.js';
import { FrameLog } from '../../../src/overlay/frame-log.js';
import { Playback } from '../../../src/overlay/session/playback.js';
import { readSession, writeSession } from '../../../src/overlay/session/session.js';
import { SessionRecorder } from '../../../src/overlay/session/session-recorder.js';
import { ResourceManager } from '../../../src/resources/index.js';
import { UpdateThrottler } from '../../../src/throttle/index.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const longFrame = (startTime: number): LongFrame => ({
  source: 'longtask',
  startTime,
  durationMs: 80,
  blockingMs: undefined,
  scripts: [],
});

let clock: VirtualClock;
let throttler: UpdateThrottler;
let memory: MemoryManager;
let resources: ResourceManager;
beforeEach(() => {
  clock = new VirtualClock();
  throttler = new UpdateThrottler({}, { clock, environment: clock.environment });
  memory = new MemoryManager({}, { clock });
  resources = new ResourceManager({}, { clock });
});
afterEach(() => {
  for (const part of [throttler, memory, resources]) part[disposeSymbol]();
});

/** Ten seconds in which a request and an entry come each second, and a long frame in the fifth. */
async function recorded() {
  const frames = new FrameLog({ within: () => 0 });
  const recorder = new SessionRecorder({ throttler, memory, resources }, frames, clock);
  const stuck = { name: 'stuck' };
  resources.register('stuck', 'memory', stuck, {
    cleanup: () => {
      throw new Error('will not end');
    },
  });
  await resources.cleanup();
  for (let second = 0; second < 10; second++) {
    throttler.requestUpdate(() => undefined);
    memory.add({ second });
    frames.record({ time: clock.now() + 1, intervalMs: 16, dropped: 1, displayIntervalMs: 16 });
    if (second === 4) frames.recordLong(longFrame(clock.now() + 100));
    clock.advance(1_000);
    recorder.sample();
  }
  return recorder;
}

describe('a recorded session', () => {
  it('comes back from its file as it was seen, second by second', async () => {
    const recorder = await recorded();
    expect(recorder.seconds).toBe(10);
    const playback = new Playback(readSession(writeSession(recorder.session)), clock);
    expect(playback.source.throttler?.stats.requested).toBe(10);
    expect(playback.source.memory?.stats.entries).toBe(10);
    playback.index = 2;
    expect(playback.source.throttler?.stats.requested).toBe(3);
    expect(playback.source.memory?.stats.entries).toBe(3);
    expect(playback.clock.now()).toBe(3_000);
    expect(playback.clock.toEpoch(2_000)).toBe(playback.clock.wallNow() - 1_000);
    expect(playback.source.resources?.getReport().failures[0]?.error.message).toMatch(/will not end/);
  });

  it('has the frames up to the second that is shown', async () => {
    const playback = new Playback((await recorded()).session, clock);
    expect(playback.frames.longFrames).toHaveLength(1);
    playback.index = 3;
    expect(playback.frames.longFrames).toHaveLength(0);
    expect(playback.frames.summary(5, playback.clock.now())?.droppedPercent).toBe(50);
    playback.index = 4;
    expect(playback.frames.longFrames).toHaveLength(1);
  });

  it('has nothing that acts, and nothing that was not there', async () => {
    const { source } = new Playback((await recorded()).session, clock);
    expect(source.throttler?.setMode).toBeUndefined();
    expect(source.memory?.cleanup).toBeUndefined();
    expect(source.logs).toBeUndefined();
    expect(source.monitor).toBeUndefined();
  });

  it('stays within its samples', async () => {
    const playback = new Playback((await recorded()).session, clock);
    playback.index = 99;
    expect(playback.index).toBe(9);
    playback.index = -1;
    expect(playback.index).toBe(0);
  });

  it.each([
    ['no JSON', 'hello'],
    ['another file', '{"name":"x"}'],
    ['a later version', '{"format":"poise-session","version":2,"samples":[]}'],
    ['nothing in it', '{"format":"poise-session","version":1,"samples":[]}'],
    ['samples that are none', '{"format":"poise-session","version":1,"samples":[null]}'],
  ])('says of %s that it is none', (_what, text) => {
    expect(() => readSession(text)).toThrow(PoiseError);
  });
});
