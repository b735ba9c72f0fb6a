// Never calls exposeTasks().
export {};
