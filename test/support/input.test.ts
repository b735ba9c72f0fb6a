import { afterEach, expect, test } from 'vitest';
import { click, press } from './input.js';

afterEach(() => document.body.replaceChildren());

test('a click is trusted and reaches the element', async () => {
  const button = document.createElement('button');
  button.style.cssText = 'position: fixed; top: 200px; left: 150px';
  document.body.append(button);
  const clicked = new Promise<MouseEvent>((resolve) => button.addEventListener('click', resolve, { once: true }));
  await click(button);
  expect((await clicked).isTrusted).toBe(true);
});

test('a key is trusted and goes to what has the focus', async () => {
  const field = document.createElement('input');
  document.body.append(field);
  field.focus();
  const pressed = new Promise<KeyboardEvent>((resolve) => field.addEventListener('keydown', resolve, { once: true }));
  await press('ArrowDown');
  expect(await pressed).toMatchObject({ key: 'ArrowDown', isTrusted: true });
});
