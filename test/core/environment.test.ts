import { expect, test } from 'vitest';
import { detectEnvironment } from '../../src/core/index.js';

test('what the page has is found, what it has not is undefined', () => {
  const environment = detectEnvironment();
  expect(environment.document).toBe(document);
  expect(environment.indexedDB).toBe(indexedDB);
  expect(environment.requestIdleCallback).toBe(Reflect.get(window, 'requestIdleCallback'));
  expect(Object.isFrozen(environment)).toBe(true);
});

test('a feature that throws when it is touched counts as absent', () => {
  const scope = new Proxy(globalThis, {
    get(target, name) {
      if (name === 'indexedDB') throw new DOMException('sandboxed', 'SecurityError');
      if (name === 'navigator') return undefined;
      return Reflect.get(target, name);
    },
  });
  const environment = detectEnvironment(scope);
  expect(environment.indexedDB).toBeUndefined();
  expect(environment.locks).toBeUndefined();
  expect(environment.document).toBe(document);
});
