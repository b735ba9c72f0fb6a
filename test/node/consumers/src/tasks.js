import { exposeTasks } from 'poise/workers';

export const tasks = exposeTasks({ square: (n) => n * n });
