// A real run as tables.
import type { Grid } from '../../page/grid.ts';
import type { RealRun } from './real.ts';

const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? '' : (bytes / 1e6).toFixed(0);

export const stepsGrid = ({ steps }: RealRun): Grid => [
  ['step', 'seconds', 'core seconds', 'MB together', 'MB of the largest'],
  ...steps.map(({ step, wallSeconds, coreSeconds, resident }) => [
    step,
    wallSeconds.toFixed(1),
    coreSeconds?.toFixed(1) ?? '',
    megabytes(resident?.together),
    megabytes(resident?.largest),
  ]),
];

export const costGrid = (run: RealRun): Grid => [
  ['', ''],
  ['weights in scope', `${run.weights}`],
  ['masked weights, in blocks', `${run.unlearn.live}, ${run.unlearn.blocks}`],
  ['tiles, of circuits', `${run.unlearn.tiles}, ${run.unlearn.circuits}`],
  ['rows of all tiles', `${run.unlearn.rows}`],
  ['rows per weight', run.unlearn.rowsPerWeight.toFixed(2)],
  ['unlearn, core-ms per weight', run.coreMillisecondsPerWeight?.toFixed(2) ?? ''],
  ['verify, core-ms per weight', run.verifyMillisecondsPerWeight?.toFixed(4) ?? ''],
  ['bytes per weight', run.bytesPerWeight.toFixed(2)],
  ['ε of a block', run.unlearn.epsilon.block.toExponential(1)],
];
