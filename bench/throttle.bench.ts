import type { Bar, Bench, BenchCase, Metric, Variant } from './harness/bench.js';
import { type CallVariant, runCalls, type Show } from './throttle/run-calls.js';
import { lodashKeyed, lodashUnkeyed } from './throttle/variants/lodash.js';
import { pacerKeyed, pacerUnkeyed } from './throttle/variants/pacer.js';
import { poiseKeyed, poiseUnkeyed } from './throttle/variants/poise.js';
import { every, everyFrame, rxjsKeyed, rxjsUnkeyed } from './throttle/variants/rxjs.js';

const WAIT_MS = 33;
const LODASH = 'lodash.throttle';

const METRICS: readonly Metric[] = [
  { name: 'call', unit: 'ns', better: 'lower' },
  { name: 'with drain', unit: 'ns a call', better: 'lower' },
];

type CallVariants = Readonly<Record<string, (show: Show) => CallVariant>>;

function callCase(name: string, callsAFrame: number, variants: CallVariants, bars: readonly Bar[]): BenchCase {
  const runs = Object.entries(variants).map(([variant, make]): [string, Variant] => [
    variant,
    (context) => runCalls(make, callsAFrame, context),
  ]);
  return { name, metrics: METRICS, variants: Object.fromEntries(runs), bars };
}

const bench: Bench = {
  isolation: 'case',
  cases: [
    callCase(
      'keyed, 100 keys',
      20_000,
      {
        poise: poiseKeyed,
        [LODASH]: (show) => lodashKeyed(show, WAIT_MS),
        'rxjs throttleTime': (show) => rxjsKeyed(show, () => every(WAIT_MS)),
        'rxjs auditTime, frames': (show) => rxjsKeyed(show, everyFrame),
        'pacer Throttler': (show) => pacerKeyed(show, WAIT_MS),
      },
      [{ metric: 'call', atMostTimes: 0.5, of: LODASH }],
    ),
    // Few enough that poise, which runs every unkeyed request and not just the last, refuses none.
    callCase(
      'unkeyed',
      2_000,
      {
        poise: poiseUnkeyed,
        [LODASH]: (show) => lodashUnkeyed(show, WAIT_MS),
        'rxjs throttleTime': (show) => rxjsUnkeyed(show, every(WAIT_MS)),
        'rxjs auditTime, frames': (show) => rxjsUnkeyed(show, everyFrame()),
        'pacer Throttler': (show) => pacerUnkeyed(show, WAIT_MS),
      },
      [],
    ),
  ],
};
export default bench;
