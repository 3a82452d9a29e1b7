// Which blocks a mask touches, against a naive count; how a mask is packed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMasked, packMask, touchedBlocks } from '../../../stdlib/apex/documents/mask.ts';
import { blockCount, weightCount } from '../../../stdlib/apex/index.ts';
import type { Scope } from '../../../stdlib/apex/model/index.ts';
import { codeOf } from './codes.ts';

const size = fc.integer({ min: 1, max: 6 });
const scopes: fc.Arbitrary<Scope> = fc
  .record({
    blockSize: fc.integer({ min: 1, max: 7 }),
    shapes: fc.array(fc.tuple(size, size), { minLength: 1, maxLength: 4 }),
  })
  .map(({ blockSize, shapes }) => ({
    blockSize,
    tensors: shapes.map((shape, i) => ({ name: `t${i}`, shape, orientation: 'out-in' as const })),
  }));
const masked = scopes.chain((scope) =>
  fc.record({
    scope: fc.constant(scope),
    masks: fc.tuple(
      ...scope.tensors.map(({ shape }) => {
        const length = shape[0] * shape[1];
        return fc.array(fc.integer({ min: 0, max: 1 }), { minLength: length, maxLength: length });
      }),
    ),
  }),
);

test('touched blocks are those with a masked weight, in order, padded', () => {
  fc.assert(
    fc.property(masked, ({ scope, masks }) => {
      const named = new Map(masks.map((mask, i) => [`t${i}`, Uint8Array.from(mask)]));
      const bits = packMask(scope, named);
      expect(bits).toHaveLength(Math.ceil(weightCount(scope) / 8));
      expect(masks.flat()).toEqual(masks.flat().map((_, i) => Number(isMasked(bits, i))));
      const { blockSize } = scope;
      const blocks = masks.flatMap((mask) =>
        Array.from({ length: Math.ceil(mask.length / blockSize) }, (_, k) =>
          Array.from({ length: blockSize }, (_, i) => mask[k * blockSize + i] ?? 0),
        ),
      );
      expect(blocks).toHaveLength(blockCount(scope));
      const naive = blocks.flatMap((mask, number) =>
        mask.includes(1) ? [{ number, mask: Uint8Array.from(mask) }] : [],
      );
      expect(touchedBlocks(scope, bits)).toEqual(naive);
    }),
  );
});

test('bits past the last weight, and bytes too few or too many, are refused', async () => {
  const scope: Scope = {
    blockSize: 4,
    tensors: [{ name: 'a', shape: [3, 3], orientation: 'out-in' }],
  };
  const code = (...bytes: number[]): Promise<string> =>
    codeOf(async () => touchedBlocks(scope, Uint8Array.from(bytes)));
  expect(await code(1, 1)).toBe('none');
  for (const bytes of [[1, 2], [1, 128], [1], [1, 0, 0], []])
    expect(await code(...bytes)).toBe('bad-mask');
});
