import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GhostRing } from '../../src/cache/policies/ghost-ring.js';
import { NONE } from '../../src/cache/slots.js';

type Step = 'add' | 'take back' | 'shift' | 'clear';
const steps = fc.array(
  fc.record({
    step: fc.oneof(
      { arbitrary: fc.constant<Step>('add'), weight: 6 },
      { arbitrary: fc.constant<Step>('take back'), weight: 2 },
      { arbitrary: fc.constant<Step>('shift'), weight: 3 },
      { arbitrary: fc.constant<Step>('clear'), weight: 1 },
    ),
    at: fc.nat(),
  }),
  { maxLength: 400 },
);

it('keeps the order in which slots went, whichever of them come back', () => {
  fc.assert(
    fc.property(steps, (sequence) => {
      const ring = new GhostRing();
      let there: { slot: number; number: number }[] = [];
      let free = Array.from({ length: 400 }, (_, n) => n + 1);
      let went = 0;
      for (const { step, at } of sequence) {
        const chosen = there[at % Math.max(1, there.length)];
        if (step === 'add') {
          const [slot = 0] = free.splice(at % free.length, 1);
          ring.add(slot);
          there.push({ slot, number: went++ });
        } else if (step === 'take back' && chosen) {
          expect(ring.takeBack(chosen.slot)).toBe(went - chosen.number);
          there = there.filter((other) => other !== chosen);
          free.push(chosen.slot);
        } else if (step === 'shift') {
          const oldest = there.shift();
          expect(ring.shift()).toBe(oldest?.slot ?? NONE);
          if (oldest) free.push(oldest.slot);
        } else if (step === 'clear') {
          ring.clear();
          free = [...free, ...there.map(({ slot }) => slot)];
          there = [];
        }
        expect(ring.size).toBe(there.length);
      }
    }),
    { numRuns: 200 },
  );
});
