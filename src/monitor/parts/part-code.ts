import type * as Network from '../signals/network-signal.js';
import type * as Leaks from './leaks-part.js';
import type * as Logs from './logs-part.js';
import type * as Memory from './memory-part.js';
import type * as Operations from './operations-part.js';
import type * as Resources from './resources-part.js';
import type * as Throttling from './throttling-part.js';

type Code<Module> = () => Module | Promise<Module>;

/** Where the code of each part comes from; asked only for those that are switched on. */
export interface PartCode {
  readonly memory: Code<typeof Memory>;
  readonly throttling: Code<typeof Throttling>;
  readonly resources: Code<typeof Resources>;
  readonly logs: Code<typeof Logs>;
  readonly leaks: Code<typeof Leaks>;
  readonly operations: Code<typeof Operations>;
  readonly network: Code<typeof Network>;
}
