import { NetworkCapture, type NetworkEntry } from 'poise/collect';
import { LogRotator } from 'poise/logs';

/** The log of the page's own requests, redacted. */
export function openRequestLog(): LogRotator<NetworkEntry> {
  return new LogRotator<NetworkEntry>({ name: 'requests', maxCount: 1_000, maxFiles: 5 });
}

/** Captures what the page asks of its server, into that log. Ends with `using`, or when it is disposed of. */
export function captureRequests(log: LogRotator<NetworkEntry>): NetworkCapture {
  const capture = new NetworkCapture({ headers: true }, { sinks: [log] });
  capture.start();
  return capture;
}
