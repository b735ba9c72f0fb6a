/** Numbers in a range: real work of some milliseconds. */
export const RANGE = 40_000;

/** Counts the primes in one of the ranges. */
export function countPrimes(range: number): number {
  let count = 0;
  for (let n = 1_000_000 + range * RANGE; n < 1_000_000 + (range + 1) * RANGE; n++) if (isPrime(n)) count++;
  return count;
}

function isPrime(n: number): boolean {
  if (n % 2 === 0) return n === 2;
  for (let divisor = 3; divisor * divisor <= n; divisor += 2) if (n % divisor === 0) return false;
  return n > 1;
}
