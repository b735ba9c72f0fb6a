import { exposeTasks } from '../../src/workers/index.js';
import { sampleTasks } from './sample-tasks.js';

exposeTasks(sampleTasks);
