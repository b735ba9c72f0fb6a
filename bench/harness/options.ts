import { parseArgs } from 'node:util';

const USAGE = `npm run bench -- [name...] [--rounds N] [--quick] [--case TEXT]
  --rounds N   runs of every variant (the benchmark's own number, mostly 5; with --quick 2)
  --quick      short runs, for a look; nothing is written
  --case TEXT  only the cases with TEXT in their name; nothing is written`;

export interface Options {
  /** Benchmarks by name or path; all when empty. */
  readonly names: readonly string[];
  readonly rounds: number | undefined;
  readonly quick: boolean;
  readonly only: string;
}

/** The command line asks for what there is not. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`${message}\n${USAGE}`, options);
  }
}

/** @throws UsageError */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const quick = values.quick ?? false;
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
  if (rounds !== undefined && (!Number.isSafeInteger(rounds) || rounds < 1))
    throw new UsageError('--rounds must be a whole number of 1 or more');
  return { names: positionals, rounds, quick, only: values.case ?? '' };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { rounds: { type: 'string' }, quick: { type: 'boolean' }, case: { type: 'string' } },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
