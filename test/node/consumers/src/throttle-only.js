import { UpdateThrottler } from 'poise/throttle';

const throttler = new UpdateThrottler();
throttler.start();
throttler.requestUpdate(() => {
  document.title = 'updated';
});
