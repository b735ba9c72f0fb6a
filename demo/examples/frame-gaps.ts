/** Runs `work` and measures, beside the time, the longest stretch in which the page showed no frame. */
export async function withFrameGaps<T>(
  work: () => T | Promise<T>,
): Promise<{ readonly result: T; readonly ms: number; readonly longestGapMs: number }> {
  await nextFrame();
  let longestGapMs = 0;
  let lastFrameAt = performance.now();
  const onFrame = () => {
    const now = performance.now();
    longestGapMs = Math.max(longestGapMs, now - lastFrameAt);
    lastFrameAt = now;
    frame = requestAnimationFrame(onFrame);
  };
  let frame = requestAnimationFrame(onFrame);
  const startedAt = performance.now();
  const result = await work();
  const ms = performance.now() - startedAt;
  await nextFrame();
  cancelAnimationFrame(frame);
  return { result, ms, longestGapMs };
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
