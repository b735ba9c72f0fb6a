import { exposeTasks } from '../../src/workers/index.js';
import { sampleTasks } from './sample-tasks.js';

await new Promise((resolve) => setTimeout(resolve, 100));
exposeTasks(sampleTasks);
