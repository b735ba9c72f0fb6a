/** One request as an access log in combined format tells it; `undefined` where the log has `-`. */
export interface TrafficEntry {
  /** When the server logged it, in epoch milliseconds. */
  readonly time: number;
  /** The client: an IPv4 or IPv6 address, or a host name. */
  readonly host: string;
  /** `-` where the request line was not HTTP. */
  readonly method: string;
  /** As requested, query included; the whole request line where it was not HTTP. */
  readonly url: string;
  readonly status: number;
  readonly bytes: number | undefined;
  readonly referrer: string | undefined;
  readonly agent: string | undefined;
}

/** Where a feed's entries come from. */
export type FeedSource =
  | {
      readonly kind: 'log';
      /** The file's name, without its folder. */
      readonly name: string;
      readonly entries: number;
      /** Lines that are not in combined format. */
      readonly unparsable: number;
      /** Whether the file goes on after the entries that were read. */
      readonly truncated: boolean;
    }
  | { readonly kind: 'generator'; readonly seed: number };

/** The limits of the rate that a page may ask for. */
export const MIN_RATE_PER_SECOND = 10;
export const MAX_RATE_PER_SECOND = 20_000;
