import { expect, test } from 'vitest';
import { UpdateThrottler } from '../../src/throttle/index.js';
import { fc } from '../support/properties.js';
import { VirtualClock } from '../support/virtual-clock.js';

const KEYS = ['a', 'b', 'c', 'd', 'e'];

type Command =
  | {
      readonly do: 'request';
      readonly key: string | undefined;
      readonly priority: number;
      readonly costMs: number;
      readonly fails: boolean;
    }
  | { readonly do: 'force'; readonly key: string }
  | { readonly do: 'cancel'; readonly key: string }
  | { readonly do: 'advance' | 'jump'; readonly ms: number }
  | { readonly do: 'mode'; readonly mode: 'fixed' | 'adaptive' | 'burst' }
  | { readonly do: 'hide' | 'show' | 'start' | 'stop' | 'flush' };

const request = fc.record({
  do: fc.constant('request' as const),
  key: fc.option(fc.constantFrom(...KEYS), { nil: undefined }),
  priority: fc.integer({ min: -3, max: 3 }),
  costMs: fc.constantFrom(0, 0, 0.2, 3, 40),
  fails: fc.boolean(),
});
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: request },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.double({ min: 0, max: 200, noNaN: true }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: 0, max: 100_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('force' as const, 'cancel' as const), key: fc.constantFrom(...KEYS) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('mode' as const),
      mode: fc.constantFrom('fixed' as const, 'adaptive' as const, 'burst' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('hide' as const, 'show' as const, 'start' as const, 'stop' as const, 'flush' as const),
    }),
  },
);

const setting = fc.record({
  hz: fc.constantFrom(60, 120, 144),
  mode: fc.constantFrom('fixed' as const, 'adaptive' as const, 'burst' as const),
  maxUpdatesPerSecond: fc.constantFrom(1, 5, 30, 45, 200),
  maxQueueSize: fc.constantFrom(3, 10_000),
});

test('whatever happens, every request is accounted for and the last of every key lands', () => {
  fc.assert(
    fc.property(setting, fc.array(command, { maxLength: 80 }), ({ hz, ...config }, commands) => {
      const clock = new VirtualClock(hz);
      const throttler = new UpdateThrottler(config, { clock, environment: clock.environment });
      const wanted = new Map<string, number>();
      const landed = new Map<string, number>();
      let running = false;
      let serial = 0;
      let failures = 0;
      throttler.errors$.subscribe(() => failures++);
      let forcing = false;
      let ranWhileStopped = 0;

      for (const c of commands) {
        if (c.do === 'request') {
          const id = ++serial;
          const { key, costMs, fails } = c;
          const accepted = throttler.requestUpdate(
            () => {
              if (!running && !forcing) ranWhileStopped++;
              clock.spend(costMs);
              if (key !== undefined) landed.set(key, id);
              if (fails) throw new Error('on purpose');
            },
            key === undefined ? { priority: c.priority } : { key, priority: c.priority },
          );
          if (accepted && key !== undefined) wanted.set(key, id);
        } else if (c.do === 'force') {
          const id = ++serial;
          wanted.set(c.key, id);
          throttler.forceUpdate(() => landed.set(c.key, id), { key: c.key });
        } else if (c.do === 'cancel') {
          if (throttler.cancel(c.key)) wanted.delete(c.key);
        } else if (c.do === 'advance') clock.advance(c.ms);
        else if (c.do === 'jump') clock.jump(c.ms);
        else if (c.do === 'mode') throttler.setMode(c.mode);
        else if (c.do === 'hide' || c.do === 'show') clock.setVisible(c.do === 'show');
        else if (c.do === 'flush') {
          forcing = true;
          throttler.flush();
          forcing = false;
        } else if (c.do === 'start') {
          running = true;
          throttler.start();
        } else {
          running = false;
          throttler.stop();
          expect(clock.waiting).toBe(0);
        }
        const s = throttler.stats;
        expect(s.executed + s.coalesced + s.refused + s.cancelled + s.pending).toBe(s.requested);
        expect(s.failed).toBe(failures);
        expect(ranWhileStopped).toBe(0);
      }

      running = true;
      throttler.start();
      clock.setVisible(true);
      clock.advance(60_000);
      expect(throttler.stats.pending).toBe(0);
      for (const [key, id] of wanted) expect(landed.get(key)).toBe(id);
      throttler[Symbol.dispose]?.();
      throttler.stop();
      expect(clock.waiting).toBe(0);
    }),
    { numRuns: 300 },
  );
});

/** Waits between requests: mostly shorter than a frame, so that the limit is reached, with pauses in between. */
const busyThenQuiet = fc.array(
  fc.oneof(
    { weight: 40, arbitrary: fc.double({ min: 0, max: 17, noNaN: true }) },
    { weight: 2, arbitrary: fc.double({ min: 0, max: 120, noNaN: true }) },
    { weight: 1, arbitrary: fc.integer({ min: 500, max: 4_000 }) },
  ),
  { minLength: 150, maxLength: 300 },
);

test('the fixed rate is never passed in any one-second window, by refreshes or by a key', () => {
  const rates = fc.constantFrom(0.5, 1, 7, 24, 30, 45, 59, 60, 90, 144);
  fc.assert(
    fc.property(rates, busyThenQuiet, fc.constantFrom(60, 144), (rate, waits, hz) => {
      const clock = new VirtualClock(hz);
      const throttler = new UpdateThrottler(
        { mode: 'fixed', maxUpdatesPerSecond: rate },
        { clock, environment: clock.environment },
      );
      throttler.start();
      const runs: number[] = [];
      for (const wait of waits) {
        throttler.requestUpdate(() => runs.push(clock.now()), { key: 'cell' });
        clock.advance(wait);
      }
      const limit = Math.max(1, Math.floor(rate));
      runs.forEach((first, i) => {
        const inWindow = runs.slice(i).filter((t) => t < first + 1_000).length;
        expect(inWindow).toBeLessThanOrEqual(limit);
      });
      throttler.stop();
    }),
    { numRuns: 150 },
  );
});

test('the token bucket holds in any window', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(200, 1_000, 5_000),
      busyThenQuiet,
      (burstSize, burstWindowMs, waits) => {
        const clock = new VirtualClock();
        const config = { mode: 'burst', burstSize, burstWindowMs, maxUpdatesPerSecond: 30 } as const;
        const throttler = new UpdateThrottler(config, { clock, environment: clock.environment });
        throttler.start();
        const runs: number[] = [];
        for (const wait of waits) {
          throttler.requestUpdate(() => runs.push(clock.now()), { key: 'cell' });
          clock.advance(wait);
        }
        const perMs = Math.min(burstSize / burstWindowMs, 30 / 1_000);
        for (let i = 0; i < runs.length; i++) {
          for (let j = i; j < runs.length; j++) {
            const span = (runs[j] ?? 0) - (runs[i] ?? 0);
            expect(j - i + 1).toBeLessThanOrEqual(burstSize + span * perMs + 1e-6);
          }
        }
        throttler.stop();
      },
    ),
    { numRuns: 100 },
  );
});
