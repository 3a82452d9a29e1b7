// How many blocks a tile holds.
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, hidingRows, maxRows, totalRows } from '../../../compiler/constraints/rows.ts';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { tileCircuit, type StepSpec } from './tile.ts';

const rowsOf = (spec: StepSpec, blocks: number): number =>
  totalRows(countRows(compileCircuit(tileCircuit(spec, blocks)).system));

/** Blocks that fit a domain of 2^log rows. Throws `too-many-rows` when not even one does. */
export function tileCapacity(spec: StepSpec, log: number): number {
  const room = 2 ** log - hidingRows;
  const [one, two] = [rowsOf(spec, 1), rowsOf(spec, 2)];
  if (one > room)
    fail(
      'too-many-rows',
      `one block of ${spec.size} weights takes ${one} rows, and a tile of 2^${log} holds ${room}`,
      'choose a larger tile, smaller Fisher blocks, or a factor of lower rank',
    );
  // Pooled range checks leave a row more or less.
  let blocks = 1 + Math.floor((room - one) / (two - one));
  while (blocks > 1 && rowsOf(spec, blocks) > room) blocks--;
  return blocks;
}

/** False where that many blocks are past any domain, by two small circuits alone: a bound for what others ask for. */
export function isTileSize(spec: StepSpec, blocks: number): boolean {
  const [one, two] = [rowsOf(spec, 1), rowsOf(spec, 2)];
  // Pooled range checks: rows grow by a little less than two blocks say.
  return one + (blocks - 1) * (two - one - 2) <= maxRows;
}
