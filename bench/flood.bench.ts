import { type FloodVariants, floodCase } from './flood/flood-case.js';
import { latestPerKey } from './flood/variants/latest-per-key.js';
import { lodashThrottle } from './flood/variants/lodash.js';
import { pacerThrottler } from './flood/variants/pacer.js';
import { poise } from './flood/variants/poise.js';
import { reactDeferredValue } from './flood/variants/react.js';
import { rxjsAuditTime, rxjsThrottleTime } from './flood/variants/rxjs.js';
import { unthrottled } from './flood/variants/unthrottled.js';
import type { Bench } from './harness/bench.js';

const LODASH = 'lodash.throttle 33 ms';

const peers: FloodVariants = {
  [LODASH]: (grid) => lodashThrottle(grid, 33),
  'rxjs auditTime, frames': rxjsAuditTime,
  'rxjs throttleTime 33 ms': (grid) => rxjsThrottleTime(grid, 33),
  'pacer Throttler 33 ms': (grid) => pacerThrottler(grid, 33),
  'react useDeferredValue': reactDeferredValue,
};

const byHand: FloodVariants = {
  unthrottled,
  'latest per key, frames': (grid) => latestPerKey(grid, 0),
  'latest per key, 33 ms': (grid) => latestPerKey(grid, 33),
};

const variants: FloodVariants = {
  poise: (grid) => poise(grid),
  'poise fixed 30/s': (grid) => poise(grid, { mode: 'fixed' }),
  ...peers,
  ...byHand,
};

const bench: Bench = {
  isolation: 'page',
  cases: [
    floodCase(100, variants, [
      { metric: 'frames', atLeast: 98 },
      { metric: 'longest task', atMost: 50 },
      { metric: 'staleness p95', atMost: 25 },
      { metric: 'main thread', atMostTimes: 1.1, of: LODASH },
      { noPeerBetterOn: ['staleness p95', 'main thread'], peers: Object.keys(peers) },
    ]),
    floodCase(300, variants, [
      { metric: 'frames', atLeast: 98 },
      { metric: 'input p98', atMost: 30 },
      { metric: 'input to paint p98', atMost: 30 },
      { metric: 'staleness p95', atMost: 60 },
    ]),
  ],
};
export default bench;
