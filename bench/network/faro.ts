import {
  BaseTransport,
  getWebInstrumentations,
  initializeFaro,
  type TransportItem,
  VERSION,
} from '@grafana/faro-web-sdk';
import type { StartCapture } from './capture.js';

/** Takes what is to be sent, and lets it go. */
class DeadEnd extends BaseTransport {
  readonly name = 'dead-end';
  readonly version = VERSION;
  items = 0;

  override isBatched(): boolean {
    return true;
  }

  send(items: TransportItem | TransportItem[]): void {
    this.items += Array.isArray(items) ? items.length : 1;
  }
}

export const faro: StartCapture = () => {
  const transport = new DeadEnd();
  initializeFaro({ app: { name: 'bench' }, instrumentations: getWebInstrumentations(), transports: [transport] });
  return { seen: () => transport.items };
};
