/** One figure of the pill: what it is called, and how it reads now; `undefined` where it is not known. */
export interface PillFigure {
  readonly label: string;
  read(): string | undefined;
}

const ABSENT = '–';

/** The pill's inside: figures with their labels, all of it text. */
export class PillFigures {
  readonly element: HTMLElement = document.createElement('div');
  readonly #cells: readonly { readonly figure: PillFigure; readonly value: Text }[];

  /** @param opens whether pressing the pill opens something. */
  constructor(figures: readonly PillFigure[], opens: boolean) {
    const { element } = this;
    element.setAttribute('part', 'pill');
    element.setAttribute('role', opens ? 'button' : 'group');
    const keys = 'Arrow keys move this box, Home brings it back.';
    element.setAttribute('aria-label', opens ? `poise: open the overlay. ${keys}` : `poise: live figures. ${keys}`);
    element.tabIndex = 0;
    this.#cells = figures.map((figure) => {
      const { cell, value } = makeCell(figure.label);
      element.append(cell);
      return { figure, value };
    });
  }

  /** Reads each figure again and writes it. What a figure throws is the caller's to catch. */
  show(): void {
    for (const { figure, value } of this.#cells) {
      const text = figure.read() ?? ABSENT;
      if (value.data !== text) value.data = text;
    }
  }
}

function makeCell(label: string): { readonly cell: HTMLElement; readonly value: Text } {
  const cell = document.createElement('span');
  const name = document.createElement('span');
  const figure = document.createElement('span');
  const value = document.createTextNode(ABSENT);
  cell.className = 'figure';
  name.className = 'label';
  name.textContent = label;
  figure.className = 'value';
  figure.append(value);
  cell.append(figure, name);
  return { cell, value };
}
