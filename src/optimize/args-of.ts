/** The arguments of a call with one item. That the function needs no more is what `map` takes the app's word for. */
export function argsOf<A extends unknown[]>(item: A[0]): A;
export function argsOf(item: unknown): unknown[] {
  return [item];
}
