// Windows 1, 4 and 8 over one matrix, by the size of its blocks and by how much each window masks.
import { defaults } from '../../../stdlib/apex/defaults.ts';
import { defaultLink, type Plan } from '../../../stdlib/apex/documents/index.ts';
import { makeSpec } from '../../../stdlib/apex/step/index.ts';
import { percent } from '../../unlearn-digits/table.ts';
import type { Grid } from '../page/grid.ts';
import { windowCosts } from './costs.ts';

export const sizes = [8, 16, 32, 64];
export const fractions = [0.005, 0.04];
const count = 8;
const shown = [1, 4, 8];
const seed = 8;

/** Over one matrix, of which nothing is read. */
export function matrixPlan(size: number, shape: readonly [number, number] = [256, 768]): Plan {
  const { weightBits, weightRange } = defaults;
  return {
    model: '0'.repeat(64),
    scope: { blockSize: size, tensors: [{ name: 'matrix', shape, orientation: 'out-in' }] },
    step: makeSpec({ size, weightBits, weightRange }),
    keeps: 'root',
    reregister: 'linked',
    link: defaultLink,
    signer: '',
  };
}

export function costGrid(report: (line: string) => void): Grid {
  const rows = fractions.flatMap((fraction) =>
    sizes.flatMap((size) => {
      report(`windows of ${percent(fraction)} each, blocks of ${size}`);
      return costRows(fraction, size);
    }),
  );
  const head = ['each window', 'd', 'window', 'masked so far', 'blocks proved', 'of shapes'];
  return [[...head, 'all blocks', 'rows per weight', 'all anew'], ...rows];
}

function costRows(fraction: number, size: number): Grid {
  const plan = matrixPlan(size);
  const { weights, blocks, windows } = windowCosts({ plan, fraction, count, seed });
  const perWeight = (rows: number): string => (rows / weights).toFixed(2);
  const total = (how: 'kept' | 'anew'): string =>
    perWeight(windows.reduce((sum, each) => sum + each[how].rows, 0));
  const start = [percent(fraction), `${size}`];
  const each = shown.map((number) => {
    const { masked, kept, anew } = windows[number - 1]!;
    const counts = [`${kept.blocks} of ${blocks}`, `${kept.shapes}`, `${anew.blocks}`];
    const rows = [perWeight(kept.rows), perWeight(anew.rows)];
    return [...start, `${number}`, percent(masked / weights), ...counts, ...rows];
  });
  return [...each, [...start, `1 to ${count}`, '', '', '', '', total('kept'), total('anew')]];
}
