import * as Sentry from '@sentry/browser';
import type { StartCapture } from './capture.js';

/** With tracing, which is what tells of requests; nothing goes out. */
export const sentry: StartCapture = () => {
  Sentry.init({
    dsn: 'https://public@o0.ingest.sentry.io/0',
    integrations: [Sentry.browserTracingIntegration()],
    tracesSampleRate: 1,
    transport: (options) => Sentry.createTransport(options, async () => ({ statusCode: 200 })),
  });
  return {};
};
