import { expect, test } from 'vitest';
import { hidePage, showPage } from './visibility.js';

test('the page is hidden and shown again', async () => {
  expect(document.visibilityState).toBe('visible');
  await hidePage();
  expect(document.visibilityState).toBe('hidden');
  await showPage();
  expect(document.visibilityState).toBe('visible');
  await new Promise((resolve) => requestAnimationFrame(resolve));
});

test('hiding works more than once', async () => {
  await hidePage();
  await hidePage();
  expect(document.visibilityState).toBe('hidden');
  await showPage();
  await showPage();
  expect(document.visibilityState).toBe('visible');
});
