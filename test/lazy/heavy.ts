/** A module to load lazily. */
export const double = (n: number): number => n * 2;
export async function shout(text: string): Promise<string> {
  return text.toUpperCase();
}
export const VERSION = 3;
export class Heavy {}
