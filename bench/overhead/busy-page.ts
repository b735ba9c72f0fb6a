/** Rows mounted, updated and removed in each round. */
const ROWS = 1_500;
const UPDATES = 6;
const FETCHES = 8;

const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);

function rowOf(n: number): HTMLElement {
  const row = document.createElement('div');
  row.className = 'row';
  row.dataset['n'] = String(n);
  for (const text of [`name ${n}`, '0', 'new']) {
    const cell = document.createElement('span');
    cell.className = 'cell';
    cell.textContent = text;
    row.append(cell);
  }
  row.addEventListener('click', () => row.classList.toggle('selected'));
  return row;
}

/** Reads a layout in the middle of changes, as careless code does. */
const forceLayout = (element: HTMLElement): number => element.offsetHeight;

/** Counts updates, so that each shows something new: to set the text that is there already is no work. */
let updates = 0;

/** A page at work: mounts, updates and removes thousands of elements, with forced layouts, and fetches meanwhile. */
export async function work(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const list = document.createElement('div');
    document.body.append(list);
    const requests = Array.from({ length: FETCHES }, async (_, n) => {
      const response = await fetch(`/index.html?n=${n}`, { cache: 'no-store' });
      return await response.text();
    });
    const rows = Array.from({ length: ROWS }, (_, n) => rowOf(n));
    list.append(...rows);
    forceLayout(list);
    for (let update = 0; update < UPDATES; update++) {
      await nextFrame();
      for (const [n, row] of rows.entries()) {
        if (n % UPDATES !== update) continue;
        const value = row.children[1];
        if (value) value.textContent = String(++updates);
        row.classList.toggle('changed');
        if (n % 100 === update) forceLayout(row);
      }
    }
    // One by one, as keyed lists do, then the rest at once.
    for (const row of rows.slice(0, ROWS / 2)) row.remove();
    await nextFrame();
    list.remove();
    await Promise.all(requests);
    await nextFrame();
  }
}
