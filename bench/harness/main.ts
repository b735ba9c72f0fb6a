import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright';
import { judge } from './bars.js';
import type { BenchOutline } from './bench.js';
import { openTab } from './bench-tab.js';
import { launchBrowser } from './browser.js';
import { type Options, parseOptions, UsageError } from './options.js';
import { type Results, summarise, writeResults } from './results.js';
import { runRounds } from './rounds.js';
import { openSite } from './site.js';
import { caseTable } from './table.js';

const BENCH = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const SUFFIX = '.bench.ts';
const ROUNDS = 5;
const QUICK_ROUNDS = 2;

/** The command line. Answers with the process's exit code: 1 when a bar was missed, 2 when it asks for what there is not. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    let missed = 0;
    for (const file of await benchFiles(options.names)) missed += await runBench(file, options);
    return missed > 0 ? 1 : 0;
  } catch (failure) {
    if (!(failure instanceof UsageError)) throw failure;
    console.error(failure.message);
    return 2;
  }
}

/** The files of the benchmarks named, by name or path; all where none is. */
async function benchFiles(names: readonly string[]): Promise<string[]> {
  const all = (await readdir(BENCH)).filter((file) => file.endsWith(SUFFIX)).map((file) => basename(file, SUFFIX));
  return (names.length > 0 ? names : all).map((name) => {
    const file = name.endsWith(SUFFIX) ? resolve(name) : join(BENCH, name + SUFFIX);
    if (!existsSync(file)) throw new UsageError(`No benchmark "${name}"; there are: ${all.join(', ')}`);
    return file;
  });
}

/** Runs one benchmark, prints it and keeps it. Answers with the number of bars missed. */
async function runBench(file: string, options: Options): Promise<number> {
  const name = basename(file, SUFFIX);
  const site = await openSite(file);
  try {
    const browser = await launchBrowser();
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      return await measure(name, context, site.url, options);
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}

async function measure(name: string, context: BrowserContext, url: string, options: Options): Promise<number> {
  const started = performance.now();
  const { quick, only } = options;
  const outline = await readOutline(context, url, only);
  const rounds = options.rounds ?? (quick ? QUICK_ROUNDS : (outline.rounds ?? ROUNDS));
  const runs = await runRounds(context, url, outline, {
    rounds,
    quick,
    onRun: (round, caseName, variant) => progress(`${name} ${round + 1}/${rounds}: ${caseName}, ${variant}`),
  });
  progress('');
  const results = summarise(name, rounds, outline, runs);
  const missed = print(results, outline);
  console.log(`\n${name}: ${rounds} rounds in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  if (!quick && only === '') console.log(`kept in ${await writeResults(join(BENCH, 'results'), results)}`);
  return missed;
}

async function readOutline(context: BrowserContext, url: string, only: string): Promise<BenchOutline> {
  const tab = await openTab(context, url);
  try {
    const outline = await tab.outline();
    const cases = outline.cases.filter(({ name }) => name.includes(only));
    if (cases.length === 0) throw new UsageError(`No case with "${only}" in its name`);
    return { ...outline, cases };
  } finally {
    await tab.close();
  }
}

/** Prints every case with its verdicts. Answers with the number of bars missed. */
function print(results: Results, outline: BenchOutline): number {
  let missed = 0;
  for (const { name, bars } of outline.cases) {
    const ofCase = results.cases.filter((result) => result.case === name);
    console.log(`\n${results.name}: ${name} (median [min–max])\n${caseTable(ofCase)}`);
    for (const verdict of bars.map((bar) => judge(bar, ofCase))) {
      console.log(`  ${verdict.met ? 'met   ' : 'MISSED'}  ${verdict.bar}`);
      if (!verdict.met) missed++;
    }
  }
  return missed;
}

/** One line that overwrites itself; nothing where nobody watches. */
function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}
