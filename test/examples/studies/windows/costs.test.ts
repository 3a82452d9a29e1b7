// The cost of windows: a small matrix, counted beside what its masks say.
import { expect, test } from 'vitest';
import { matrixPlan } from '../../../../examples/studies/windows/cost-table.ts';
import { windowCosts } from '../../../../examples/studies/windows/costs.ts';
import { countedRows } from '../../../../examples/studies/windows/counted-rows.ts';
import { seededRandom, shuffledIndices } from '../../../../examples/unlearn-digits/random.ts';
import { RowModel } from '../../../../stdlib/apex/circuit/rows.ts';
import { shapeOf } from '../../../../stdlib/apex/circuit/layout.ts';

const [size, shape, seed, fraction] = [8, [16, 20], 3, 0.05] as const;
const plan = matrixPlan(size, shape);
const { weights, blocks, windows } = windowCosts({ plan, fraction, count: 3, seed });

const model = RowModel.of(plan.step);
const rowsOf = (lives: readonly (readonly number[])[]): number =>
  lives.reduce((sum, live) => sum + model.rowsOfBlock(shapeOf(size, live)), 0);

/** Rows of 20 weights are cut into blocks of 8, 8 and 4. */
const liveAfter = (windows: number): Map<number, number[]> => {
  const order = shuffledIndices(320, seededRandom(seed)).slice(0, 16 * windows);
  const blocks = new Map<number, number[]>();
  for (const position of order.sort((a, b) => a - b)) {
    const column = position % 20;
    const number = 3 * Math.floor(position / 20) + Math.floor(column / 8);
    blocks.set(number, [...(blocks.get(number) ?? []), column % 8]);
  }
  return blocks;
};

test('the first window proves all blocks that it touches', () => {
  expect([weights, blocks, windows[0]!.masked]).toEqual([320, 48, 16]);
  expect(windows[0]!.kept).toEqual(windows[0]!.anew);
});

test.each([2, 3])('window %i proves the blocks that have a new position', (window) => {
  const [before, after] = [liveAfter(window - 1), liveAfter(window)];
  const changed = [...after].filter(
    ([number, live]) => live.length > (before.get(number)?.length ?? 0),
  );
  const { masked, kept, anew } = windows[window - 1]!;
  expect(masked).toBe(16 * window);
  expect([kept.blocks, anew.blocks]).toEqual([changed.length, after.size]);
  expect(kept.blocks).toBeLessThan(anew.blocks);
  expect(kept.rows).toBe(rowsOf(changed.map(([, live]) => live)));
  expect(anew.rows).toBe(rowsOf([...after.values()]));
});

test('a part of the blocks stands for all where there are too many shapes', () => {
  const shapes = [[4], [4], [4, 4], [4, 8], [8, 8], [4, 4, 8]];
  const chosen = [shapes[1]!, shapes[3]!, shapes[5]!];
  const rows = chosen.reduce((sum, each) => sum + model.rowsOfBlock(each), 0);
  expect(countedRows(plan.step, shapes, 3)).toBe((rows / 3) * 6);
});
