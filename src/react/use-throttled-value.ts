import { useEffect, useRef, useState } from 'react';
import { disposeSymbol } from '../core/disposer.js';
import type { ThrottleConfig } from '../throttle/throttle-config.js';
import { UpdateThrottler } from '../throttle/update-throttler.js';

/**
 * The value, at most as often as the rate allows; the last one always lands. Give a throttler that components share,
 * or options for one of this component's own, which are taken when it mounts. On the server: the value itself.
 * @throws ConfigError as the component mounts, on bad options
 */
export function useThrottledValue<Value>(value: Value, throttling: UpdateThrottler | ThrottleConfig = {}): Value {
  const [shown, setShown] = useState({ value });
  const own = useRef<UpdateThrottler>(undefined);
  const [key] = useState(() => Symbol('value'));
  const given = throttling instanceof UpdateThrottler ? throttling : undefined;

  // biome-ignore lint/correctness/useExhaustiveDependencies: options are taken when the component mounts
  useEffect(() => {
    if (given) return () => void given.cancel(key);
    const throttler = new UpdateThrottler(throttling instanceof UpdateThrottler ? {} : throttling);
    throttler.start();
    own.current = throttler;
    return () => {
      own.current = undefined;
      throttler.cancel(key);
      throttler[disposeSymbol]();
    };
  }, [given, key]);

  useEffect(() => {
    const show = () => setShown((last) => (Object.is(last.value, value) ? last : { value }));
    (given ?? own.current)?.requestUpdate(show, { key });
  }, [value, given, key]);

  return shown.value;
}
