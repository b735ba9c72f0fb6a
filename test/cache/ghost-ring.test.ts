import { expect, it } from 'vitest';
import { GhostRing } from '../../src/cache/policies/ghost-ring.js';
import { NONE } from '../../src/cache/slots.js';
import { fc } from '../support/properties.js';

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
          const most = at % 20;
          const [oldest] = there;
          const goes = oldest && (there.length > most || went - oldest.number > 4 * most) ? oldest : undefined;
          expect(ring.shiftBeyond(most)).toBe(goes?.slot ?? NONE);
          if (!goes) continue;
          there.shift();
          free.push(goes.slot);
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

it('lets go of one that stays while others come and go', () => {
  const ring = new GhostRing();
  ring.add(1);
  for (let n = 0; n < 100_000; n++) {
    ring.add(2);
    ring.shiftBeyond(10);
    if (n < 39) expect(ring.size).toBe(2);
    ring.takeBack(2);
  }
  // The one that stayed has gone at last.
  expect(ring.size).toBe(0);
  expect(ring.shiftBeyond(0)).toBe(NONE);
});
