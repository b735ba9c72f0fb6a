// Apart from the tests, which import it only where the engine can parse `using`.
import type { ResourceManager } from '../../src/resources/index.js';
import { ResourceHandle } from '../../src/resources/index.js';

export function renderView(manager: ResourceManager, onEnd: () => void): void {
  using scope = manager.scope('view');
  scope.register('a', 'memory', ResourceHandle.teardown(onEnd));
  throw new Error('render failed');
}

export async function analyse(manager: ResourceManager): Promise<void> {
  await using file = manager.temporary('file');
  await file.write('x');
  throw new Error('analysis failed');
}
