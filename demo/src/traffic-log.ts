import { LogRotator } from 'poise/logs';
import type { TrafficEntry } from '../feed/traffic-entry.js';

/** The log that the traffic page writes and the log page reads: up to half a million requests, by the time they came in. */
export function openTrafficLog(): LogRotator<TrafficEntry> {
  return new LogRotator<TrafficEntry>({ name: 'traffic', maxCount: 25_000, maxFiles: 20 });
}
