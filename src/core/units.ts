declare const unit: unique symbol;

/** A number that remembers its unit: plain numbers fit, another unit's numbers don't. */
type Quantity<Unit extends string> = number & { readonly [unit]?: Unit };

/** A duration in milliseconds. */
export type Milliseconds = Quantity<'ms'>;
/** Wall-clock time: milliseconds since 1970-01-01T00:00Z, as `Date.now()` gives. */
export type EpochMs = Quantity<'epoch ms'>;
/** Monotonic time: milliseconds since the page's time origin, as `performance.now()` gives. */
export type MonotonicMs = Quantity<'monotonic ms'>;
/** A size in bytes. */
export type Bytes = Quantity<'bytes'>;

export const BYTES_PER_MB = 1_048_576;
