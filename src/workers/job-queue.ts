import type { Job, JobSource } from './job.js';

interface Line {
  readonly priority: number;
  sources: (JobSource | undefined)[];
  at: number;
}

/** What waits for a worker: the highest priority first, then in order. */
export class JobQueue {
  /** The highest priority first; few. */
  #lines: Line[] = [];
  /** Jobs that were in a worker already, and go before all others. */
  #returned: Job[] = [];

  /** Nothing waits. Something that was cancelled may still be counted. */
  get empty(): boolean {
    return this.#lines.length === 0 && this.#returned.length === 0;
  }

  add(source: JobSource): void {
    this.#lineOf(source.priority).sources.push(source);
  }

  /** Takes jobs back that a worker had, in their order. */
  putBack(jobs: readonly Job[]): void {
    this.#returned.unshift(...jobs);
  }

  /** The next job that still waits for an answer. */
  next(): Job | undefined {
    for (let job = this.#returned.shift(); job; job = this.#returned.shift()) if (!job.settled) return job;
    for (let line = this.#lines[0]; line; line = this.#lines[0]) {
      const job = nextOf(line);
      if (job) return job;
      this.#lines.shift();
    }
    return undefined;
  }

  /** How many jobs wait; counts no further than `enough`. */
  count(enough: number): number {
    let count = this.#returned.length;
    for (const { sources, at } of this.#lines) {
      for (let index = at; index < sources.length && count < enough; index++) count += sources[index]?.remaining ?? 0;
    }
    return Math.min(count, enough);
  }

  /** Empties it. */
  clear(): void {
    this.#lines = [];
    this.#returned = [];
  }

  #lineOf(priority: number): Line {
    const at = this.#lines.findIndex((line) => line.priority <= priority);
    const found = this.#lines[at];
    if (found?.priority === priority) return found;
    const line: Line = { priority, sources: [], at: 0 };
    this.#lines.splice(at < 0 ? this.#lines.length : at, 0, line);
    return line;
  }
}

function nextOf(line: Line): Job | undefined {
  for (let source = line.sources[line.at]; source; source = line.sources[line.at]) {
    const job = source.next();
    if (job) return job;
    line.sources[line.at] = undefined;
    line.at++;
    if (line.at > 1_000 && line.at * 2 > line.sources.length) {
      line.sources = line.sources.slice(line.at);
      line.at = 0;
    }
  }
  return undefined;
}
