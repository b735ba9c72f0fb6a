import type { Controls } from './controls.js';

/** Steps of the rate slider that a key is worth. */
const RATE_STEP = 3;

/** The page's keys. They rest while a person types, and leave combinations to the browser. */
export function setUpShortcuts(controls: Controls): void {
  const actions: Readonly<Record<string, () => void>> = {
    '/': () => controls.focusFilter(),
    p: () => controls.togglePaused(),
    ' ': () => controls.togglePaused(),
    '[': () => controls.stepRate(-RATE_STEP),
    ']': () => controls.stepRate(RATE_STEP),
    '1': () => controls.setModeAt(0),
    '2': () => controls.setModeAt(1),
    '3': () => controls.setModeAt(2),
    '4': () => controls.setModeAt(3),
    Escape: () => controls.setFilter(''),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const { target, key } = event;
    const typing = target instanceof HTMLInputElement && target.type === 'search';
    if (typing && key !== 'Escape') return;
    // Space presses the button or picks the radio that has the focus.
    if (key === ' ' && target instanceof Element && target.matches('button, input, select, [role="slider"]')) return;
    const action = actions[key.length === 1 ? key.toLowerCase() : key];
    if (!action) return;
    event.preventDefault();
    action();
    if (typing) target.blur();
  });
}
