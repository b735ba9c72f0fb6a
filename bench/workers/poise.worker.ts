import { exposeTasks, transfer } from '../../src/workers/index.js';
import { echo, touch, work } from './tasks.js';

const tasks = exposeTasks({ echo, work, touch: (buffer: ArrayBuffer) => transfer(touch(buffer), [buffer]) });
export type BenchTasks = typeof tasks;
