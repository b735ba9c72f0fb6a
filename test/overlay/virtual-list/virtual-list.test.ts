import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { disposeSymbol } from '../../../src/core/disposer.js';
import { ConfigError } from '../../../src/core/errors.js';
import { VirtualList } from '../../../src/overlay/virtual-list/virtual-list.js';
import { defineVirtualList } from '../../../src/overlay/virtual-list/virtual-list-element.js';
import type { VirtualListConfig } from '../../../src/overlay/virtual-list/virtual-list-options.js';
import { VirtualClock } from '../../support/virtual-clock.js';

const VIEW = 240;
const ROW = 24;
let host: HTMLElement;
let list: VirtualList | undefined;

beforeEach(() => {
  host = document.createElement('div');
  host.style.cssText = `width: 300px; height: ${VIEW}px`;
  document.body.append(host);
});
afterEach(() => {
  list?.[disposeSymbol]();
  list = undefined;
  host.remove();
});

function open(options: Omit<VirtualListConfig, 'renderRow'> & { renderRow?: VirtualListConfig['renderRow'] }) {
  const opened = new VirtualList(host, {
    renderRow: (row, index) => {
      row.textContent = `row ${index}`;
    },
    ...options,
  });
  list = opened;
  return opened;
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
async function frames(count: number) {
  for (let n = 0; n < count; n++) await frame();
}
async function scrollTo(top: number) {
  host.scrollTop = top;
  await frames(3);
}
/** The rows that a user sees, from top to bottom. */
function seen(): string[] {
  const view = host.getBoundingClientRect();
  return [...host.children]
    .map((row) => ({ text: row.textContent ?? '', box: row.getBoundingClientRect() }))
    .filter(({ box }) => box.bottom > view.top + 1 && box.top < view.bottom - 1)
    .sort((a, b) => a.box.top - b.box.top)
    .map(({ text }) => text);
}
const rowsFrom = (first: number, count = VIEW / ROW) => Array.from({ length: count }, (_, n) => `row ${first + n}`);
function press(key: string, init: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  host.dispatchEvent(event);
  return event;
}

describe('VirtualList', () => {
  it('puts only what is in view into the page', async () => {
    open({ rowCount: 1_000_000 });
    await frame();
    expect(seen()).toEqual(rowsFrom(0));
    expect(host.childElementCount).toBeLessThan(20);
  });

  it('shows the right rows wherever it is scrolled to, the last of a million among them', async () => {
    const opened = open({ rowCount: 1_000_000 });
    await scrollTo(host.scrollHeight);
    expect(seen()).toEqual(rowsFrom(999_990));
    opened.scrollToRow(123_456, 'start');
    await frame();
    expect(seen()).toEqual(rowsFrom(123_456));
    await scrollTo(host.scrollTop + 2 * ROW);
    expect(seen()).toEqual(rowsFrom(123_458));
    await scrollTo(0);
    expect(seen()).toEqual(rowsFrom(0));
    expect(host.childElementCount).toBeLessThan(20);
  });

  it('comes to rest without undoing a scroll that it was not told of yet', async () => {
    const clock = new VirtualClock();
    const opened = open({ rowCount: 1_000_000, clock });
    await frames(2);
    opened.scrollToRow(123_456, 'start');
    await scrollTo(host.scrollTop + 2 * ROW);
    expect(seen()).toEqual(rowsFrom(123_458));
    host.scrollTop = 0;
    clock.advance(1_000);
    await expect.poll(seen).toEqual(rowsFrom(0));
  });

  it('comes back to the start by near scrolls alone', async () => {
    open({ rowCount: 1_000_000 }).scrollToRow(100, 'start');
    for (let n = 0; n < 300 && host.scrollTop > 0; n++) {
      host.scrollTop -= 60;
      await frame();
    }
    await frames(2);
    expect(seen()[0]).toBe('row 0');
  });

  it('tells screen readers the place of each row and the number of all, in order', async () => {
    open({ rowCount: 1_000, label: 'Requests' });
    await scrollTo(5_000);
    await scrollTo(4_800);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(host.getAttribute('role')).toBe('list');
    expect(host.getAttribute('aria-label')).toBe('Requests');
    const places = [...host.children].map((row) => Number(row.getAttribute('aria-posinset')));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    for (const row of host.children) {
      expect(row.getAttribute('aria-setsize')).toBe('1000');
      expect(row.textContent).toBe(`row ${Number(row.getAttribute('aria-posinset')) - 1}`);
    }
    const { violations } = await axe.run(host);
    expect(violations).toEqual([]);
  });

  it('follows the tail until the user scrolls away, and again when they come back', async () => {
    const opened = open({ rowCount: 100, followTail: true });
    await frame();
    expect(seen().at(-1)).toBe('row 99');
    opened.rowCount = 200;
    await frame();
    expect(seen().at(-1)).toBe('row 199');
    await scrollTo(host.scrollTop - 100);
    const before = seen();
    opened.rowCount = 300;
    await frames(2);
    expect(seen()).toEqual(before);
    expect(opened.isFollowing).toBe(false);
    await scrollTo(host.scrollHeight);
    opened.rowCount = 400;
    await frames(2);
    expect(seen().at(-1)).toBe('row 399');
  });

  it('keeps what is in view when the oldest rows go', async () => {
    let dropped = 0;
    const opened = open({
      rowCount: 1_000,
      renderRow: (row, index) => {
        row.textContent = `row ${dropped + index}`;
      },
    });
    await scrollTo(100 * ROW);
    expect(seen()).toEqual(rowsFrom(100));
    dropped = 30;
    opened.trimStart(30);
    await frames(2);
    expect(seen()).toEqual(rowsFrom(100));
    expect(opened.rowCount).toBe(970);
  });

  it('measures rows of any height', async () => {
    const heightOf = (index: number) => 20 + (index % 5) * 10;
    const opened = open({
      rowCount: 10_000,
      rowHeight: 30,
      measured: true,
      renderRow: (row, index) => {
        row.textContent = `row ${index}`;
        row.style.height = `${heightOf(index)}px`;
      },
    });
    await frames(3);
    for (const top of [3_000, 60_000, 59_000, 200]) {
      await scrollTo(top);
      await frames(3);
      const boxes = [...host.children].map((row) => row.getBoundingClientRect()).sort((a, b) => a.top - b.top);
      for (const [n, box] of boxes.slice(1).entries()) expect(box.top).toBeCloseTo(boxes[n]?.bottom ?? 0, 0);
    }
    for (let n = 0; n < 5; n++) {
      opened.scrollToRow(9_999, 'end');
      await frames(3);
    }
    expect(seen().at(-1)).toBe('row 9999');
  });

  it('is moved by keys, and leaves those with modifiers alone', async () => {
    open({ rowCount: 1_000 });
    press('ArrowDown');
    await frame();
    expect(host.scrollTop).toBe(ROW);
    press('End');
    await frame();
    expect(seen().at(-1)).toBe('row 999');
    press('Home');
    await frame();
    expect(seen()[0]).toBe('row 0');
    press('PageDown');
    await frame();
    expect(seen()[0]).toBe('row 9');
    expect(press('ArrowDown', { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(press('a').defaultPrevented).toBe(false);
  });

  it('moves the active row by keys where it is selectable, and tells when it is meant', async () => {
    const opened = open({ rowCount: 1_000, selectable: true });
    const told: unknown[] = [];
    host.addEventListener('row-activate', (event) => told.push(event instanceof CustomEvent && event.detail));
    await frame();
    press('ArrowDown');
    expect(opened.activeIndex).toBe(0);
    for (let n = 0; n < 12; n++) press('ArrowDown');
    await frame();
    expect(opened.activeIndex).toBe(12);
    expect(seen()).toContain('row 12');
    const active = host.querySelector('[aria-selected="true"]');
    expect(active?.textContent).toBe('row 12');
    expect(host.getAttribute('aria-activedescendant')).toBe(active?.id);
    press('Enter');
    expect(told).toEqual([12]);
    host
      .querySelector('[aria-posinset="11"]')
      ?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    expect(told).toEqual([12, 10]);
    press('End');
    await frame();
    expect(opened.activeIndex).toBe(999);
    expect((await axe.run(host)).violations).toEqual([]);
  });

  it('fills rows again when they have changed', async () => {
    let word = 'row';
    const opened = open({
      rowCount: 5,
      renderRow: (row, index) => {
        row.textContent = `${word} ${index}`;
      },
    });
    await frame();
    word = 'line';
    opened.refresh(1, 3);
    expect(seen()).toEqual(['row 0', 'line 1', 'line 2', 'row 3', 'row 4']);
  });

  it('goes on where a row can’t be filled, and tells', async () => {
    const errors: Event[] = [];
    host.addEventListener('row-error', (event) => errors.push(event));
    open({
      rowCount: 5,
      renderRow: (row, index) => {
        if (index === 2) throw new Error('no such row');
        row.textContent = `row ${index}`;
      },
    });
    await frame();
    expect(seen()).toEqual(['row 0', 'row 1', '', 'row 3', 'row 4']);
    expect(errors).toHaveLength(1);
    list?.refresh();
    expect(errors).toHaveLength(2);
  });

  it('takes a new size of its host', async () => {
    open({ rowCount: 100 });
    host.style.height = `${2 * VIEW}px`;
    await frames(3);
    expect(seen()).toEqual(rowsFrom(0, 20));
  });

  it('names bad options', () => {
    expect(() => open({ rowCount: -1 })).toThrow(ConfigError);
    expect(() => open({ rowHeight: 0 })).toThrow(/rowHeight/);
    host.remove();
    host = document.createElement('div');
  });

  it('leaves the host behind as it was', async () => {
    host.setAttribute('aria-label', 'My list');
    const before = host.outerHTML;
    const opened = open({ rowCount: 100, selectable: true, measured: true });
    opened.activeIndex = 3;
    await frame();
    expect(host.getAttribute('aria-activedescendant')).not.toBeNull();
    opened[disposeSymbol]();
    expect(host.outerHTML).toBe(before);
    expect(host.shadowRoot?.innerHTML).toBe('<slot></slot>');
  });
});

describe('<poise-virtual-list>', () => {
  it('works in the page, out of it, and in it again', async () => {
    defineVirtualList();
    defineVirtualList();
    const element = document.createElement('poise-virtual-list');
    Object.assign(element, {
      rowCount: 50,
      options: { label: 'Lines' },
      renderRow: (row: HTMLElement, index: number) => {
        row.textContent = `row ${index}`;
      },
    });
    element.style.height = `${VIEW}px`;
    document.body.append(element);
    await frame();
    expect(element.querySelectorAll('[role="listitem"]').length).toBeGreaterThan(9);
    element.remove();
    expect(element.childElementCount).toBe(0);
    document.body.append(element);
    await frame();
    expect(element.getAttribute('aria-label')).toBe('Lines');
    expect(element.firstElementChild?.textContent).toBe('row 0');
    element.remove();
  });

  it('keeps the focus when its rows are filled in another way', async () => {
    defineVirtualList();
    const element = document.createElement('poise-virtual-list');
    Object.assign(element, { rowCount: 50, renderRow: () => undefined });
    element.style.height = `${VIEW}px`;
    document.body.append(element);
    await frame();
    element.focus();
    Object.assign(element, { renderRow: (row: HTMLElement) => row.append('new') });
    await frames(3);
    expect(document.activeElement).toBe(element);
    expect(element.firstElementChild?.textContent).toBe('new');
    element.remove();
  });
});
