import { UpdateThrottler } from '../../../src/throttle/index.js';
import type { CallVariant, Show } from '../run-calls.js';

function started(): UpdateThrottler {
  const throttler = new UpdateThrottler();
  throttler.start();
  return throttler;
}

export function poiseKeyed(show: Show): CallVariant {
  const throttler = started();
  return {
    request: (key, value) => throttler.requestUpdate(() => show(key, value), { key }),
    stop: () => throttler.stop(),
  };
}

export function poiseUnkeyed(show: Show): CallVariant {
  const throttler = started();
  return { request: (key, value) => throttler.requestUpdate(() => show(key, value)), stop: () => throttler.stop() };
}
