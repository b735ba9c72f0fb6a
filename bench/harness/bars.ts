import type { Bar } from './bench.js';
import type { CaseResult } from './results.js';

export interface Verdict {
  readonly bar: string;
  readonly met: boolean;
}

/** Holds one case's medians against one bar; where it is a multiple of a peer's, that of the same rounds. A figure that is missing never meets it. */
export function judge(bar: Bar, results: readonly CaseResult[]): Verdict {
  const median = (metric: string, variant = 'poise') =>
    results.find((result) => result.metric === metric)?.variants[variant]?.median ?? Number.NaN;
  const unit = (metric: string) => results.find((result) => result.metric === metric)?.unit ?? '';
  if ('noPeerBetterOn' in bar) {
    const beats = (peer: string, metric: string) => {
      const lower = results.find((result) => result.metric === metric)?.better === 'lower';
      return lower ? median(metric, peer) < median(metric) : median(metric, peer) > median(metric);
    };
    const better = bar.peers.filter((peer) => bar.noPeerBetterOn.every((metric) => beats(peer, metric)));
    const found = better.length > 0 ? `: ${better.join(', ')}` : '';
    return { bar: `no peer better on ${bar.noPeerBetterOn.join(' and ')} together${found}`, met: better.length === 0 };
  }
  const own = median(bar.metric);
  if ('of' in bar) {
    const times = results.find(({ metric }) => metric === bar.metric)?.variants[bar.of]?.poiseTimes ?? Number.NaN;
    const [words, limit, met] =
      'atMostTimes' in bar
        ? ['at most', bar.atMostTimes, times <= bar.atMostTimes]
        : ['at least', bar.atLeastTimes, times >= bar.atLeastTimes];
    return { bar: `${bar.metric} ${words} ${limit} x ${bar.of}: ${times.toFixed(2)} x`, met };
  }
  if ('atMost' in bar) {
    return { bar: `${bar.metric} at most ${bar.atMost} ${unit(bar.metric)}: ${own}`, met: own <= bar.atMost };
  }
  return { bar: `${bar.metric} at least ${bar.atLeast} ${unit(bar.metric)}: ${own}`, met: own >= bar.atLeast };
}
