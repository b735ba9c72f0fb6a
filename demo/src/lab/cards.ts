import { cachesCard } from './caches-card.js';
import type { Card, Lab } from './card.js';
import { leakCard } from './leak-card.js';
import { mainThreadCard } from './main-thread-card.js';
import { memoryCard } from './memory-card.js';
import { networkCard } from './network-card.js';
import { resourcesCard } from './resources-card.js';
import { workersCard } from './workers-card.js';

/** The cards in their order. A new one is a file in this folder and a line here. */
export const CARDS: readonly ((lab: Lab) => Card)[] = [
  leakCard,
  mainThreadCard,
  networkCard,
  memoryCard,
  cachesCard,
  workersCard,
  resourcesCard,
];
