/** A policy as plain arrays of keys, looked through from end to end: slow, and easy to see to be right. */
export interface PolicyModel {
  add(key: string): void;
  touch(key: string): void;
  remove(key: string): void;
  evict(): string | undefined;
  clear(): void;
}

const without = (keys: readonly string[], key: string) => keys.filter((other) => other !== key);

class LruModel implements PolicyModel {
  #keys: string[] = [];

  add(key: string): void {
    this.#keys = [...without(this.#keys, key), key];
  }

  touch(key: string): void {
    this.add(key);
  }

  remove(key: string): void {
    this.#keys = without(this.#keys, key);
  }

  evict(): string | undefined {
    return this.#keys.shift();
  }

  clear(): void {
    this.#keys = [];
  }
}

class LfuModel implements PolicyModel {
  #used: { key: string; uses: number; last: number }[] = [];
  #now = 0;

  add(key: string): void {
    this.#used.push({ key, uses: 1, last: this.#now++ });
  }

  touch(key: string): void {
    for (const used of this.#used) {
      if (used.key !== key) continue;
      used.uses++;
      used.last = this.#now++;
    }
  }

  remove(key: string): void {
    this.#used = this.#used.filter((used) => used.key !== key);
  }

  evict(): string | undefined {
    const [first] = [...this.#used].sort((a, b) => a.uses - b.uses || a.last - b.last);
    if (first) this.remove(first.key);
    return first?.key;
  }

  clear(): void {
    this.#used = [];
  }
}

class RandomModel implements PolicyModel {
  readonly #random: () => number;
  #keys: string[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  add(key: string): void {
    this.#keys.push(key);
  }

  touch(): void {
    // It does not matter.
  }

  /** The last takes its place. */
  remove(key: string): void {
    const at = this.#keys.indexOf(key);
    const last = this.#keys.pop();
    if (last !== undefined && last !== key) this.#keys[at] = last;
  }

  evict(): string | undefined {
    const key = this.#keys[Math.floor(this.#random() * this.#keys.length)];
    if (key !== undefined) this.remove(key);
    return key;
  }

  clear(): void {
    this.#keys = [];
  }
}

class AdaptiveModel implements PolicyModel {
  #window: string[] = [];
  #probation: string[] = [];
  #protected: string[] = [];
  #ghosts: { key: string; number: number; turnedAway: boolean }[] = [];
  /** Of what is there and of the ghosts. */
  #uses = new Map<string, number>();
  /** Those that were used since they were looked at. */
  #used = new Set<string>();
  #share = 0.05;
  #sinceHalving = 0;
  #halvedAfter = 0;
  #went = 0;

  get #size(): number {
    return this.#window.length + this.#probation.length + this.#protected.length;
  }

  add(key: string): void {
    const ghost = this.#ghosts.find((other) => other.key === key);
    this.#ghosts = this.#ghosts.filter((other) => other !== ghost);
    if (!ghost) this.#uses.set(key, 0);
    const reach = Math.max(1, 0.1 * this.#size);
    if (ghost?.turnedAway && this.#went - ghost.number < reach) this.#move(0.1 / reach);
    this.#count(key);
    this.#used.delete(key);
    this.#window.push(key);
  }

  touch(key: string): void {
    this.#count(key);
    this.#used.add(key);
  }

  remove(key: string): void {
    this.#window = without(this.#window, key);
    this.#probation = without(this.#probation, key);
    this.#protected = without(this.#protected, key);
  }

  evict(): string | undefined {
    const room = Math.max(1, Math.round(this.#share * this.#size)) - 1;
    const fallen = this.#unusedBeyond(room, this.#window);
    const candidate = fallen.pop();
    this.#probation.push(...fallen);
    this.#demote(candidate === undefined ? 0 : 1);
    while (this.#probation[0] !== undefined && this.#used.delete(this.#probation[0])) {
      this.#move(-0.1 / this.#probation.length);
      this.#protected.push(...this.#probation.splice(0, 1));
      this.#demote(candidate === undefined ? 0 : 1);
    }
    const [oldest] = this.#probation;
    const usesOf = (key: string) => this.#uses.get(key) ?? 0;
    const stays = candidate !== undefined && oldest !== undefined && usesOf(candidate) > usesOf(oldest);
    const turnsAway = candidate !== undefined && !stays;
    const victim = turnsAway ? candidate : (oldest ?? this.#protected[0] ?? this.#window[0]);
    if (victim === undefined) return undefined;
    this.remove(victim);
    if (stays) this.#probation.push(candidate);
    this.#ghosts.push({ key: victim, number: this.#went++, turnedAway: turnsAway });
    const ghostRoom = Math.ceil(0.5 * (this.#size + 1));
    this.#ghosts = this.#ghosts.filter(({ number }) => this.#went - number <= 4 * ghostRoom).slice(-ghostRoom);
    return victim;
  }

  clear(): void {
    this.#window = [];
    this.#probation = [];
    this.#protected = [];
    this.#ghosts = [];
  }

  #count(key: string): void {
    this.#uses.set(key, Math.min(3, (this.#uses.get(key) ?? 0) + 1));
    this.#sinceHalving++;
    if (this.#sinceHalving <= this.#halvedAfter) return;
    this.#halvedAfter = 10 * this.#size;
    if (this.#sinceHalving <= this.#halvedAfter) return;
    this.#sinceHalving = 0;
    for (const [other, uses] of this.#uses) this.#uses.set(other, uses >> 1);
  }

  /** @param taken entries that are in no list for the moment */
  #demote(taken: number): void {
    const room = 0.8 * (1 - this.#share) * (this.#size + taken);
    this.#probation.push(...this.#unusedBeyond(room, this.#protected));
  }

  /** Takes the oldest out until as many are left as there is room for; those that were used get a second chance. */
  #unusedBeyond(room: number, keys: string[]): string[] {
    const taken: string[] = [];
    while (keys.length > room) {
      const [oldest = ''] = keys.splice(0, 1);
      if (this.#used.delete(oldest)) keys.push(oldest);
      else taken.push(oldest);
    }
    return taken;
  }

  #move(change: number): void {
    this.#share = Math.min(0.9, Math.max(0.01, this.#share + change));
  }
}

export const POLICY_MODELS: Readonly<
  Record<'lru' | 'lfu' | 'random' | 'adaptive', (random: () => number) => PolicyModel>
> = {
  lru: () => new LruModel(),
  lfu: () => new LfuModel(),
  random: (random) => new RandomModel(random),
  adaptive: () => new AdaptiveModel(),
};
