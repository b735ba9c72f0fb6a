/** What a generator gives in the end; anything else is there already. */
type Returned<R> = R extends Generator<unknown, infer V> ? V : R;

/** What a function gives once it is optimised: a generator function gives what it returns. */
export type Optimized<R> = Awaited<Returned<Awaited<R>>>;

/** Runs a generator to its end, with `between` after each of its steps. What is no generator is only waited for. */
export function drain<R>(value: R, between?: () => Promise<void> | undefined): Promise<Optimized<R>>;
export async function drain(value: unknown, between?: () => Promise<void> | undefined): Promise<unknown> {
  const given = await value;
  if (!isGenerator(given)) return given;
  for (;;) {
    const step = given.next();
    if (step.done) return step.value;
    await step.value;
    await between?.();
  }
}

/** Other iterators have no `throw`: those of a Map or an array, say, which are results as they are. */
const isGenerator = (value: unknown): value is Generator<unknown, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Symbol.iterator in value &&
  'next' in value &&
  typeof value.next === 'function' &&
  'throw' in value &&
  typeof value.throw === 'function';
