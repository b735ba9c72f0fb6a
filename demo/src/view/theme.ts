import { byId } from './dom.js';

const KEY = 'poise-demo:theme';
type Theme = 'light' | 'dark';

/** Light or dark: the system's choice until the button is used, then the person's. */
export function setUpTheme(onChange: (theme: Theme) => void): void {
  const button = byId('theme', HTMLButtonElement);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const stored = readStored();
  let chosen: Theme | undefined = stored === 'light' || stored === 'dark' ? stored : undefined;

  const apply = () => {
    const theme = chosen ?? (dark.matches ? 'dark' : 'light');
    document.documentElement.dataset['theme'] = theme;
    button.ariaPressed = String(theme === 'dark');
    onChange(theme);
  };
  button.addEventListener('click', () => {
    chosen = document.documentElement.dataset['theme'] === 'dark' ? 'light' : 'dark';
    store(chosen);
    apply();
  });
  dark.addEventListener('change', apply);
  apply();
}

/** Storage may be closed to the page (private mode, a sandboxed frame); the choice then lasts for this visit. */
function readStored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice lasts for this visit.
  }
}
