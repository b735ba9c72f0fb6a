import { expose, transfer } from 'comlink';
import { echo, touch, work } from './tasks.js';

const tasks = { echo, work, touch: (buffer: ArrayBuffer) => transfer(touch(buffer), [buffer]) };
expose(tasks);
export type ComlinkTasks = typeof tasks;
