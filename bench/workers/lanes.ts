/** Makes `count` calls, never more than `lanes` at once. @returns how many were answered */
export async function inLanes(count: number, lanes: number, call: (lane: number) => Promise<unknown>): Promise<number> {
  let begun = 0;
  let done = 0;
  const run = async (lane: number) => {
    while (begun++ < count) {
      await call(lane);
      done++;
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)));
  return done;
}
