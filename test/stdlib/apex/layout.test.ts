// How touched blocks are dealt out to tiles of one layout.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf, deal } from '../../../stdlib/apex/circuit/layout.ts';
import type { TouchedBlock } from '../../../stdlib/apex/documents/mask.ts';

const masks = (size: number): fc.Arbitrary<TouchedBlock[]> =>
  fc
    .array(fc.integer({ min: 1, max: 2 ** size - 1 }), { minLength: 1, maxLength: 200 })
    .map((all) =>
      all.map((bits, number) => ({
        number,
        mask: Uint8Array.from({ length: size }, (_, i) => (bits >> i) & 1),
      })),
    );
const cases = fc
  .integer({ min: 1, max: 8 })
  .chain(masks)
  .chain((touched) =>
    fc.record({
      touched: fc.constant(touched),
      tiles: fc.integer({ min: 1, max: touched.length }),
    }),
  );

test('every touched block stands in one place, under its own mask or an open one', () => {
  fc.assert(
    fc.property(cases, ({ touched, tiles }) => {
      const { layout, tiles: dealt } = deal(touched, tiles);
      expect(dealt).toHaveLength(tiles);
      const all = dealt.flat().filter((place) => place !== undefined);
      expect([...all].sort((a, b) => a - b)).toEqual(touched.map((_, i) => i));
      for (const places of dealt) {
        expect(places).toHaveLength(blocksOf(layout));
        let at = 0;
        for (const { masked, blocks } of layout.groups)
          for (let i = 0; i < blocks; i++) {
            const { mask } = touched[places[at++]!]!;
            expect([...mask.keys()].filter((k) => mask[k] === 1)).toEqual(masked);
          }
        expect(places.length - at).toBe(layout.open);
      }
    }),
  );
});

test('only open places stay empty: less than one for each tile and mask', () => {
  fc.assert(
    fc.property(cases, ({ touched, tiles }) => {
      const { layout, tiles: dealt } = deal(touched, tiles);
      const known = blocksOf(layout) - layout.open;
      for (const places of dealt) expect(places.slice(0, known)).not.toContain(undefined);
      const empty = dealt.flat().filter((place) => place === undefined).length;
      expect(empty).toBeLessThan(tiles);
      // At most 64 masks are part of the circuit; of one that is, a block for each tile is left over at most.
      const kinds = new Set(touched.map(({ mask }) => mask.join()));
      if (kinds.size <= 64) expect(layout.open).toBeLessThanOrEqual(kinds.size);
      expect(layout.groups.length).toBeLessThanOrEqual(64);
    }),
  );
});

test('the order of frequency, then of the masks: everybody finds the same', () => {
  const block = (...mask: number[]): TouchedBlock => ({ number: 0, mask: Uint8Array.from(mask) });
  const touched = [block(0, 1), block(1, 1), block(1, 0), block(0, 1), block(1, 0), block(0, 1)];
  expect(deal(touched, 2)).toEqual({
    layout: {
      groups: [
        { masked: [1], blocks: 1 },
        { masked: [0], blocks: 1 },
      ],
      open: 1,
    },
    tiles: [
      [0, 2, 1],
      [3, 4, 5],
    ],
  });
});
