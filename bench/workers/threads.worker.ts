import { expose, Transfer } from 'threads/worker';
import { echo, touch, work } from './tasks.js';

const tasks = { echo, work, touch: (buffer: ArrayBuffer) => Transfer(touch(buffer), [buffer]) };
expose(tasks);
export type ThreadsTasks = typeof tasks;
