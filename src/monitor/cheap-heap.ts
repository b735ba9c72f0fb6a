import type { Environment } from '../core/environment.js';

/**
 * The environment for what reads the heap all day long: `performance.memory` wherever it is, which is exact on an isolated
 * page. What the user agent measures there is more, but each measurement ends in a full garbage collection, which a large
 * page feels.
 */
export function cheapHeap(environment: Environment): Environment {
  const cheap: Environment = Object.create(environment, {
    crossOriginIsolated: {
      get: () => (environment.performance?.memory ? false : environment.crossOriginIsolated),
    },
  });
  return cheap;
}
