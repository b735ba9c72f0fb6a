import type { WebVital } from '../../collect/index.js';

/** The element or the script that made a vital what it is, where that is known. */
export function causeOf(vital: WebVital): string {
  switch (vital.name) {
    case 'LCP':
    case 'CLS':
      return vital.attribution.target ?? '';
    case 'INP':
      return [vital.attribution.target, vital.attribution.longestScript?.invoker].filter(Boolean).join(', ');
    default:
      return '';
  }
}
