import type { Readings } from '../score/readings.js';
import type { LeaksPart } from './leaks-part.js';
import type { LogsPart } from './logs-part.js';
import type { MemoryPart } from './memory-part.js';
import type { OperationsPart } from './operations-part.js';
import type { MonitorPart, PartContext } from './part.js';
import type { ResourcesPart } from './resources-part.js';
import type { ThrottlingPart } from './throttling-part.js';

/** The parts that are switched on. */
export interface Parts {
  readonly memory: MemoryPart | undefined;
  readonly throttling: ThrottlingPart | undefined;
  readonly resources: ResourcesPart | undefined;
  readonly logs: LogsPart | undefined;
  readonly leaks: LeaksPart | undefined;
  readonly operations: OperationsPart | undefined;
}

export const NO_PARTS: Parts = Object.freeze({
  memory: undefined,
  throttling: undefined,
  resources: undefined,
  logs: undefined,
  leaks: undefined,
  operations: undefined,
});

/** Makes the parts whose code was loaded. */
export type MakeParts = () => Parts;

/** Loads what is switched on; the code of the rest is not asked for. Rejects when code can't be loaded. */
export async function loadParts(context: PartContext): Promise<MakeParts> {
  const { settings, code } = context;
  const [memory, throttling, resources, logs, leaks, operations] = await Promise.all([
    settings.enableMemoryManagement ? code.memory() : undefined,
    settings.enableUpdateThrottling ? code.throttling() : undefined,
    settings.enableResourceCleanup ? code.resources() : undefined,
    settings.enableLogRotation ? code.logs() : undefined,
    settings.enableLeakDetection ? code.leaks() : undefined,
    settings.enablePerformanceManager ? code.operations() : undefined,
  ]);
  return () => {
    const logsPart = logs && new logs.LogsPart(context);
    return {
      memory: memory && new memory.MemoryPart(context),
      throttling: throttling && new throttling.ThrottlingPart(context),
      resources: resources && new resources.ResourcesPart(context),
      logs: logsPart,
      leaks: leaks && new leaks.LeaksPart(context),
      operations: operations && new operations.OperationsPart(context, () => logsPart?.log),
    };
  };
}

/** Every part that is there. */
export const eachPart = (parts: Parts): MonitorPart<unknown>[] =>
  [parts.memory, parts.throttling, parts.resources, parts.logs, parts.leaks, parts.operations].filter(
    (part) => part !== undefined,
  );

/** One reading of each part that is there. */
export const readParts = ({ memory, throttling, resources, logs }: Parts): Readings => ({
  memory: memory?.read(),
  throttling: throttling?.read(),
  resources: resources?.read(),
  logs: logs?.read(),
});
