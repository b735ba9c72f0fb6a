import type { TrafficEntry } from '../../feed/traffic-entry.js';
import type { Endpoint } from './endpoint.js';

/** What a person typed, made ready to match. All words must match. */
export interface Filter {
  readonly text: string;
  entry(entry: TrafficEntry): boolean;
  endpoint(endpoint: Endpoint): boolean;
}

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'connect', 'trace'];

/**
 * A word is a status (`404`), a class of them (`5xx`), a method (`post`), or else a part of the URL or the host.
 * An endpoint matches when any of its requests could.
 */
export function createFilter(text: string): Filter {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(toWord);
  return {
    text,
    entry: (entry) => words.every((word) => word.entry(entry)),
    endpoint: (endpoint) => words.every((word) => word.endpoint(endpoint)),
  };
}

type Word = Omit<Filter, 'text'>;

function toWord(word: string): Word {
  if (/^[1-9]\d\d$/.test(word)) return statusWord((status) => status === Number(word));
  if (/^[1-9]xx$/.test(word)) return statusWord((status) => Math.floor(status / 100) === Number(word[0]));
  if (METHODS.includes(word)) {
    const method = word.toUpperCase();
    return { entry: (entry) => entry.method === method, endpoint: (endpoint) => endpoint.methods.has(method) };
  }
  return {
    entry: ({ url, host }) => url.toLowerCase().includes(word) || host.includes(word),
    endpoint: ({ path }) => path.toLowerCase().includes(word),
  };
}

function statusWord(matches: (status: number) => boolean): Word {
  return {
    entry: ({ status }) => matches(status),
    endpoint: ({ statuses }) => [...statuses.keys()].some(matches),
  };
}
