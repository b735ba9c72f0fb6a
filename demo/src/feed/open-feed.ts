import type { FeedClient, FeedListener } from './feed-client.js';
import { ServerFeed } from './server-feed.js';

/** Opens the server's feed, or where there is none generates the traffic in the page. */
export function openFeed(ratePerSecond: number, listener: FeedListener): FeedClient {
  let rate = ratePerSecond;
  let stopped = false;
  let feed: FeedClient = new ServerFeed(rate, listener, () => {
    void import('./local-feed.js').then(({ LocalFeed }) => {
      if (!stopped) feed = new LocalFeed(rate, listener);
    });
  });
  return {
    setRate(perSecond) {
      rate = perSecond;
      feed.setRate(perSecond);
    },
    stop() {
      stopped = true;
      feed.stop();
    },
  };
}
