import { NetworkCapture } from '../../src/collect/index.js';
import { LogRotator } from '../../src/logs/index.js';
import type { Capture, StartCapture } from './capture.js';

/** To a sink that keeps nothing, as the peers' transports do. */
export const poise: StartCapture = () => startWith([{ add: () => undefined }]);

/** To the rotating log, on disk. */
export const poiseToLog: StartCapture = () => {
  const log = new LogRotator({ name: 'network-bench' });
  log.start();
  return startWith([log]);
};

function startWith(sinks: NonNullable<ConstructorParameters<typeof NetworkCapture>[1]>['sinks'] = []): Capture {
  const capture = new NetworkCapture({}, { sinks });
  capture.start();
  return { seen: () => capture.stats.captured };
}
