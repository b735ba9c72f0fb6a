/** https://wicg.github.io/scheduling-apis/, as far as it is used here. */
interface TaskScheduling {
  readonly scheduler?: { yield?(): Promise<void> };
}

/** Lets input and rendering in, then goes on; ahead of other queued work where the browser can (scheduler.yield). */
export function yieldToMain(): Promise<void> {
  const { scheduler }: TaskScheduling = globalThis;
  return scheduler?.yield?.() ?? nextTask();
}

/** Goes on in a task of its own, behind what is queued already. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
