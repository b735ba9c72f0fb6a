import { html, render } from 'lit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RecordList } from '../../../src/overlay/ui/record-list.js';

let box: HTMLElement;
let list: RecordList<string>;
let draws: number;
beforeEach(() => {
  box = document.createElement('div');
  document.body.append(box);
  draws = 0;
  list = new RecordList(
    { label: 'Lines', key: (line) => line, line: (line) => html`${line}`, detail: (line) => `all of ${line}` },
    () => {
      draws++;
      draw();
    },
  );
});
afterEach(() => {
  list.dispose();
  box.remove();
});

const draw = () => {
  render(list.template('None yet.'), box);
  const host = box.querySelector<HTMLElement>('.records');
  if (host) host.style.height = '120px';
};
const show = (...lines: string[]) => {
  list.update(lines);
  draw();
};
const rows = () => [...box.querySelectorAll('[role="option"]')].map(({ textContent }) => textContent);
const many = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `line ${from + n}`);

it('says when there is nothing, and shows what comes', async () => {
  show();
  expect(box.textContent).toContain('None yet.');
  show('a', 'b');
  await expect.poll(rows).toEqual(['a', 'b']);
  show('a', 'b', 'c');
  await expect.poll(rows).toEqual(['a', 'b', 'c']);
});

it('keeps the newest in view', async () => {
  show(...many(0, 100));
  await expect.poll(rows).toContain('line 99');
  show(...many(0, 300));
  await expect.poll(rows).toContain('line 299');
});

it('goes on where the oldest have gone', async () => {
  show(...many(0, 200));
  await expect.poll(rows).toContain('line 199');
  show(...many(50, 250));
  await expect.poll(rows).toContain('line 249');
  expect(rows()).not.toContain('line 49');
  expect(box.querySelector('[role="option"]')?.getAttribute('aria-setsize')).toBe('200');
});

it('shows something else altogether', async () => {
  show('a', 'b', 'c');
  await expect.poll(rows).toEqual(['a', 'b', 'c']);
  show('c', 'a');
  await expect.poll(rows).toEqual(['c', 'a']);
  show('x');
  await expect.poll(rows).toEqual(['x']);
  show();
  expect(box.textContent).toContain('None yet.');
});

it('shows all of the one that is chosen, until it is closed', async () => {
  show('a', '<b>bold</b>');
  await expect.poll(rows).toEqual(['a', '<b>bold</b>']);
  box.querySelectorAll<HTMLElement>('[role="option"]')[1]?.click();
  expect(draws).toBe(1);
  expect(box.querySelector('pre')?.textContent).toBe('all of <b>bold</b>');
  expect(box.querySelector('b')).toBeNull();
  box.querySelector('button')?.click();
  expect(draws).toBe(2);
  expect(box.querySelector('pre')).toBeNull();
});
