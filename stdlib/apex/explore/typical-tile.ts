// A tile as a random mask fills it, recorded: masks that many blocks have are part of its circuit, as they will be in the
// tiles of a client.
import { compileCircuit } from '../../../compiler/compile.ts';
import {
  countRows,
  hidingRows,
  totalRows,
  type RowCounts,
} from '../../../compiler/constraints/rows.ts';
import { deal, openLayout, type Layout } from '../circuit/layout.ts';
import { tileCircuit, type StepSpec } from '../circuit/tile.ts';
import type { TouchedBlock } from '../documents/mask.ts';
import { seededUniform } from './seeded.ts';

export interface TypicalTile {
  readonly blocks: number;
  readonly counts: RowCounts;
}

/** As many tiles' worth of blocks are dealt out, so that the rest which is in no group is shared by many. */
const tiles = 64;

/** Of about 2^log rows, with one block at least. `masked` is the part of the weights that is, each by itself. */
export function typicalTile(spec: StepSpec, masked: number, log: number): TypicalTile {
  const room = 2 ** log - hidingRows;
  const fitting = ({ blocks, counts }: TypicalTile): number =>
    Math.max(1, Math.floor((blocks * room) / totalRows(counts)));
  const open = { blocks: 1, counts: countsOf(spec, openLayout(1)) };
  // Blocks of known masks take fewer rows than open ones: the first guess is too small.
  const small = recorded(spec, masked, fitting(open));
  return recorded(spec, masked, fitting(small));
}

function recorded(spec: StepSpec, masked: number, blocks: number): TypicalTile {
  const touched = randomlyTouched(spec.size, masked, blocks * tiles);
  const { layout } = deal(touched, tiles);
  return { blocks, counts: countsOf(spec, layout) };
}

const countsOf = (spec: StepSpec, layout: Layout): RowCounts =>
  countRows(compileCircuit(tileCircuit(spec, layout)).system);

/** So many blocks that hold a masked weight. */
export function randomlyTouched(size: number, masked: number, count: number): TouchedBlock[] {
  const uniform = seededUniform(1);
  const touched: TouchedBlock[] = [];
  while (touched.length < count) {
    const mask = Uint8Array.from({ length: size }, () => (uniform() < masked ? 1 : 0));
    if (mask.includes(1)) touched.push({ number: touched.length, mask });
  }
  return touched;
}
