import { datadogRum } from '@datadog/browser-rum';
import type { StartCapture } from './capture.js';

/** Its batches go to the page's own server: it has no transport of its own to put in. */
export const datadog: StartCapture = () => {
  datadogRum.init({
    applicationId: '00000000-0000-0000-0000-000000000000',
    clientToken: 'pub00000000000000000000000000000000',
    site: 'datadoghq.com',
    service: 'bench',
    sessionSampleRate: 100,
    sessionReplaySampleRate: 0,
    trackResources: true,
    trackLongTasks: true,
    trackUserInteractions: true,
    proxy: () => new URL('/dead-end', location.href).href,
  });
  return {};
};
