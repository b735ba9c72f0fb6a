import { isJsonFaithful } from '../../core/json-faithful.js';
import { estimateBytes } from '../../core/size-estimate.js';
import type { Bytes, EpochMs } from '../../core/units.js';
import { type DiskKey, FORMAT, type Head, type Pack } from './record.js';

/** One entry in the form in which it is stored. */
export interface Slot {
  readonly key: DiskKey;
  readonly expiresAt: EpochMs;
  readonly tags: readonly string[] | undefined;
  readonly bytes: Bytes;
  /** The value as JSON; undefined where JSON would not give it back as it is. */
  readonly text: string | undefined;
  /** The value, where there is no text. */
  readonly value: unknown;
}

/** What is stored of an entry, beside its value. */
export type SlotLabel = Pick<Slot, 'key' | 'expiresAt' | 'tags'>;

/** Throws what a getter of the value throws. */
export function toSlot(label: SlotLabel, value: unknown): Slot {
  const { key, expiresAt, tags } = label;
  if (!isJsonFaithful(value)) return { key, expiresAt, tags, bytes: estimateBytes(value), text: undefined, value };
  const text = JSON.stringify(value);
  return { key, expiresAt, tags, bytes: text.length, text, value: undefined };
}

export function toPack(slots: readonly Slot[]): OpenPack & Pack {
  const ends: number[] = [];
  const cloned = new Map<number, unknown>();
  let text = '';
  for (const [at, slot] of slots.entries()) {
    if (slot.text === undefined) cloned.set(at, slot.value);
    else text += slot.text;
    ends.push(text.length);
  }
  return { format: FORMAT, text, ends, cloned };
}

/** What a head removes, beside naming the pack's entries. */
export type HeadDetails = Pick<Head, 'seq' | 'from' | 'deleted' | 'deletedTags'>;

export function toHead(slots: readonly Slot[], details: HeadDetails): Head {
  return {
    format: FORMAT,
    ...details,
    keys: slots.map(({ key }) => key),
    expiresAt: slots.map(({ expiresAt }) => expiresAt),
    bytes: slots.map(({ bytes }) => bytes),
    tags: slots.map(({ tags }) => tags),
  };
}

/** A pack whose text has been unpacked. */
export type OpenPack = Omit<Pack, 'text'> & { readonly text: string };

/** What comes back from disk; that it is what was put in, the compiler can't know. */
export type Stored = MessageEvent['data'];

/** Throws where the text is not JSON. */
export function valueAt(pack: OpenPack, slot: number): Stored {
  if (pack.cloned.has(slot)) return pack.cloned.get(slot);
  return JSON.parse(textAt(pack, slot));
}

export function textAt({ text, ends }: OpenPack, slot: number): string {
  return text.slice(slot === 0 ? 0 : ends[slot - 1], ends[slot]);
}

/** An entry of a pack that has been opened, as it would be written again. */
export function slotAt(pack: OpenPack, slot: number, label: SlotLabel): Slot {
  if (!pack.cloned.has(slot)) {
    const text = textAt(pack, slot);
    return { ...label, bytes: text.length, text, value: undefined };
  }
  const value = pack.cloned.get(slot);
  return { ...label, bytes: estimateBytes(value), text: undefined, value };
}
