import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusedAmong } from '../../../compiler/prover/refused-among.ts';

/** The false claims among `claims`, and the sizes of the batches that were asked for. */
async function found(claims: readonly boolean[]): Promise<[number[], number[]]> {
  const sizes: number[] = [];
  const refused = await refusedAmong([...claims.keys()], async (some) => {
    sizes.push(some.length);
    return some.every((each) => claims[each]);
  });
  return [[...refused], sizes];
}

test('exactly the false ones, in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 20 }), async (claims) => {
      const [refused] = await found(claims);
      expect(refused).toEqual([...claims.keys()].filter((each) => !claims[each]));
    }),
  );
});

test('what is accepted takes one batch, and one false claim of 64 takes 13 at most', async () => {
  expect((await found(new Array<boolean>(64).fill(true)))[1]).toEqual([64]);
  for (const at of [0, 31, 63]) {
    const [refused, sizes] = await found(Array.from({ length: 64 }, (_, i) => i !== at));
    expect(refused).toEqual([at]);
    expect(sizes.length).toBeLessThanOrEqual(13);
  }
  expect((await found([]))[1]).toEqual([]);
});
