// The demo's way up to the window, small, and the reference that its result is compared with. The proofs are in
// protocol.prove.test.ts.
import { expect, test } from 'vitest';
import { readWeights, personalModel } from '../../../examples/unlearn-digits/files.ts';
import { agree } from '../../../examples/unlearn-digits/protocol.ts';
import { largestDistance, referenceOf } from '../../../examples/unlearn-digits/reference.ts';
import { mlpScope, scopeLength } from '../../../examples/unlearn-digits/scope.ts';
import { defaults } from '../../../stdlib/apex/index.ts';
import { smallParties } from './small.ts';

const { folders, origin, client, messages } = await smallParties();
const agreed = await agree(folders, 0.02, () => undefined);
const { masks, maskOnly, compensated } = await referenceOf(folders);
const weightsInScope = scopeLength(client.weights, mlpScope());

test('what is learned is written as safetensors, and read back', async () => {
  expect(origin).toBe('glyphs');
  expect(messages.length).toBeGreaterThan(2);
  expect(largestDistance(client.weights, await readWeights(personalModel(folders)))).toBe(0);
});

test('the plan has all MLP matrices in scope, and the mask takes the budget of them, exactly', () => {
  expect(agreed.plan.result.weights).toBe(weightsInScope);
  expect([...masks.keys()]).toEqual(mlpScope());
  const bits = [...masks.values()].flatMap((mask) => [...mask]);
  expect(bits.filter((bit) => bit === 1).length).toBe(Math.round(0.02 * weightsInScope));
  expect(agreed.mask.result.masked).toBe(Math.round(0.02 * weightsInScope));
});

/** It divides the rows of all matrices in scope. */
const { blockSize } = defaults;

test('the reference deletes masked weights, and changes others only beside them', () => {
  for (const [name, { data }] of client.weights) {
    const mask = masks.get(name);
    const [cleared, moved] = [maskOnly, compensated].map((each) => each.get(name)!.data);
    data.forEach((value, i) => {
      const block = mask?.subarray(i - (i % blockSize), i - (i % blockSize) + blockSize);
      if (mask?.[i] === 1) expect([cleared![i], moved![i]]).toEqual([0, 0]);
      else expect(cleared![i]).toBe(value);
      if (!block?.includes(1)) expect(moved![i]).toBe(value);
    });
  }
});
