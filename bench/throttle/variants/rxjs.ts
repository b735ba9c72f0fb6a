import {
  animationFrameScheduler,
  asyncScheduler,
  auditTime,
  groupBy,
  type MonoTypeOperatorFunction,
  mergeMap,
  Subject,
  throttleTime,
} from 'rxjs';
import type { CallVariant, Show } from '../run-calls.js';

interface Request {
  readonly key: number;
  readonly value: number;
}
type Rate = MonoTypeOperatorFunction<Request>;

export const everyFrame = (): Rate => auditTime(0, animationFrameScheduler);
export const every = (waitMs: number): Rate => throttleTime(waitMs, asyncScheduler, { leading: true, trailing: true });

/** One Subject, grouped by key, each group with its own rate. */
export function rxjsKeyed(show: Show, rate: () => Rate): CallVariant {
  return subscribed(
    (request$) =>
      request$.pipe(
        groupBy(({ key }) => key),
        mergeMap((group) => group.pipe(rate())),
      ),
    show,
  );
}

export const rxjsUnkeyed = (show: Show, rate: Rate): CallVariant => subscribed(rate, show);

function subscribed(operator: Rate, show: Show): CallVariant {
  const requests = new Subject<Request>();
  const subscription = requests.pipe(operator).subscribe(({ key, value }) => show(key, value));
  return { request: (key, value) => requests.next({ key, value }), stop: () => subscription.unsubscribe() };
}
