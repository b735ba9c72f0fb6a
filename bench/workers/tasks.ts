/** What every variant's worker does. */
export const echo = (value: number): number => value;

/** Keeps the worker busy. */
export function work(ms: number): number {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return ms;
}

/** Touches the buffer, so that it has really arrived. */
export function touch(buffer: ArrayBuffer): ArrayBuffer {
  const bytes = new Uint8Array(buffer);
  bytes[0] = (bytes[0] ?? 0) + 1;
  return buffer;
}
