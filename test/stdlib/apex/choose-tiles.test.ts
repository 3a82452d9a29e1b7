// Which size of a tile is chosen, by the cost model, and that work which was begun is taken up.
import { beforeAll, expect, test } from 'vitest';
import { tilesNeeded } from '../../../stdlib/apex/circuit/capacity.ts';
import { chooseTiles } from '../../../stdlib/apex/client/choose-tiles.ts';
import type { TouchedBlock } from '../../../stdlib/apex/documents/mask.ts';
import { testInFull } from '../../full-test.ts';
import { codeOf } from './codes.ts';
import { stepOf } from './steps.ts';

const spec = stepOf('inverse', 8);
const one = (): number => 1;
const needed = (count: number, log: number): number => tilesNeeded(spec, touching(count), log);

/** So many blocks, with one masked weight each. */
function touching(count: number): TouchedBlock[] {
  return Array.from({ length: count }, (_, number) => {
    const mask = new Uint8Array(8);
    mask[number % 8] = 1;
    return { number, mask };
  });
}
const choose = (
  count: number,
  mostLog: number,
  begun: readonly (readonly [number, number])[] = [],
): number => chooseTiles(spec, touching(count), { mostLog }, one, new Map(begun));

/** Of 5000 blocks, by the size of a tile. */
let many: Map<number, number>;
beforeAll(() => {
  many = new Map([13, 14, 16].map((log) => [log, needed(5000, log)]));
});

test('a size that is asked for is taken', () => {
  expect(chooseTiles(spec, touching(200), { log: 13 }, one, new Map([[1, 1]]))).toBe(
    needed(200, 13),
  );
});

testInFull('many blocks are worth larger tiles, within the memory; few are not', async () => {
  expect(choose(5000, 13)).toBe(many.get(13));
  expect(choose(5000, 16)).toBeLessThan(many.get(14)!);
  expect(choose(30, 16)).toBe(1);
  // Two tiles of 2^13 cost less than one half empty of 2^15, which would be compiled for.
  expect(choose(110, 16)).toBeGreaterThanOrEqual(needed(110, 14));
});

test('tiles that were begun are taken up, unless they are of a size that is too large now', () => {
  const [small, large] = [many.get(13)!, many.get(16)!];
  expect(choose(5000, 16, [[small, 1]])).toBe(small);
  // One of a few large tiles is more than one of many small ones.
  const both = [
    [small, 1],
    [large, 1],
  ] as const;
  expect(choose(5000, 16, both)).toBe(large);
  expect(choose(5000, 13, [[large, 1]])).toBe(small);
});

test('a block that fits no tile', async () => {
  const wide = stepOf('kkt', 64);
  const mask = new Uint8Array(64).fill(1, 0, 2);
  const touched = [{ number: 0, mask }];
  expect(await codeOf(async () => chooseTiles(wide, touched, { mostLog: 14 }, one))).toBe(
    'too-many-rows',
  );
});
