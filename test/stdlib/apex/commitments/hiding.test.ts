// How many random bits hide each commitment from an observer who knows the weights, R and ν: counted by flipping them.
import { expect, test } from 'vitest';
import {
  columnElements,
  columnLeaf,
  columnWords,
} from '../../../../stdlib/apex/commitments/column.ts';
import {
  blockCommitment,
  multiplierElements,
} from '../../../../stdlib/apex/commitments/multipliers.ts';
import { LeafSalts, randomSalts } from '../../../../stdlib/apex/commitments/salts.ts';
import { columnLengths } from '../../../../stdlib/apex/step/classes.ts';
import { leafParts, randomBits, sizes, specOf } from './leaves.ts';

const secrets = new LeafSalts(new Uint8Array(32).fill(7));

test.each(sizes)('leaves of blocks of %i: 128 random bits at least', (size) => {
  const spec = specOf(size);
  for (const length of new Set(columnLengths(size))) {
    const { weight, root } = leafParts(length, 100 * size + length);
    const bits = randomBits(
      secrets.of(5, columnWords(length)),
      (salts) => columnElements(spec, length, weight, root, salts),
      (salts) => columnLeaf(spec, length, weight, root, salts),
    );
    expect(bits, `length ${length}`).toBeGreaterThanOrEqual(128);
  }
});

test('c_b of 1 … 64 multipliers: 128 random bits at least', () => {
  const spec = specOf(64);
  for (let count = 1; count <= 64; count++) {
    const multipliers = Array.from({ length: count }, (_, i) => i - 3);
    const bits = randomBits(
      randomSalts(count),
      (salts) => multiplierElements(spec, multipliers, salts),
      [1, 2, 3, 4, 33].includes(count)
        ? (salts) => blockCommitment(spec, multipliers, salts)
        : undefined,
    );
    expect(bits, `k = ${count}`).toBeGreaterThanOrEqual(128);
  }
});
