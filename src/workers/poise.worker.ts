import { poiseTasks } from './poise-tasks.js';
import { serveTasks } from './serve-tasks.js';

serveTasks(poiseTasks);
