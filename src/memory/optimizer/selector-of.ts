/** Classes beyond these say little. */
const MOST_CLASSES = 2;

/** A selector for elements of this kind: 'li.row.selected'. Numbers become '*', so that `row-1` and `row-2` are one kind. */
export function selectorOf(element: Element): string {
  const name = element.localName;
  const classes = [...element.classList].slice(0, MOST_CLASSES).map((text) => `.${kindOf(text)}`);
  if (classes.length > 0) return name + classes.join('');
  return element.id === '' ? name : `${name}#${kindOf(element.id)}`;
}

const kindOf = (text: string): string => text.replace(/\d+/g, '*');
