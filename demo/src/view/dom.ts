/** The element with this id. @throws when the page has none of that kind, which is a mistake in index.html */
export function byId<E extends Element>(id: string, type: new () => E): E {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no ${type.name} #${id}`);
  return element;
}

/** Makes a `<span>`: classes from `className`, a role when given, and text. */
export function span(className: string, role?: string, text = ''): HTMLSpanElement {
  const element = document.createElement('span');
  element.className = className;
  if (role) element.setAttribute('role', role);
  element.textContent = text;
  return element;
}
