import { exposeTasks } from 'poise/workers';
import { countPrimes } from './primes.js';

const tasks = exposeTasks({ countPrimes });
export type PrimeTasks = typeof tasks;
