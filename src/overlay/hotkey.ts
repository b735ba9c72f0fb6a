/** Modifiers as they are written in a hot key. */
const MODIFIERS = ['ctrl', 'alt', 'shift', 'meta'] as const;

/** Whether text is a hot key: modifiers and one key, 'alt+shift+p'. One modifier besides Shift must be there. */
export function isHotkey(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const { modifiers, key } = parse(value);
  return key !== '' && modifiers.every(isModifier) && modifiers.some((modifier) => modifier !== 'shift');
}

/**
 * Makes the test for a hot key. The key is matched by what it is (`event.code`), as Alt makes other letters on some
 * keyboards; exactly the modifiers named must be down.
 */
export function matcherFor(hotkey: string): (event: KeyboardEvent) => boolean {
  const { modifiers, key } = parse(hotkey);
  const codes = [`key${key}`, `digit${key}`, key];
  return (event) =>
    codes.includes(event.code.toLowerCase()) &&
    event.ctrlKey === modifiers.includes('ctrl') &&
    event.altKey === modifiers.includes('alt') &&
    event.shiftKey === modifiers.includes('shift') &&
    event.metaKey === modifiers.includes('meta');
}

function parse(hotkey: string): { readonly modifiers: readonly string[]; readonly key: string } {
  const parts = hotkey.toLowerCase().split('+');
  return { modifiers: parts.slice(0, -1), key: parts.at(-1) ?? '' };
}

const isModifier = (part: string): boolean => MODIFIERS.some((modifier) => modifier === part);
