import { Transfer, worker } from 'workerpool';
import { echo, touch, work } from './tasks.js';

worker({ echo, work, touch: (buffer: ArrayBuffer) => new Transfer(touch(buffer), [buffer]) });
