// What a client puts into one tile: the inputs of its circuit, and the commitments that its proof is about.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import { contextOf, tileInputs, type BlockLeaves, type Subject } from '../circuit/tiles.ts';
import type { TouchedBlock } from '../documents/mask.ts';
import type { Plan } from '../documents/plan.ts';
import { secretBlock, type PreparedBlocks } from './prepare.ts';
import type { Holdings } from './state.ts';

export interface Material {
  readonly plan: Plan;
  readonly subject: Subject;
  /** Of a tile. */
  readonly blocks: number;
  readonly holdings: Holdings;
  readonly prepared: PreparedBlocks;
}

/** The touched blocks of a tile, without its filling. */
export interface TileBlocks {
  readonly tile: number;
  readonly touched: readonly TouchedBlock[];
  /** The position of the first of them among the prepared ones. */
  readonly first: number;
}

export function materialInputs(
  { plan, subject, blocks, holdings, prepared }: Material,
  { tile, touched, first }: TileBlocks,
): InputValues {
  const secrets = touched.map(({ number }, i) =>
    secretBlock(plan.step, holdings, number, prepared.salts.get(first + i)),
  );
  return tileInputs(plan.step, blocks, contextOf(subject, tile), touched, secrets);
}

export const materialLeaves = (
  { holdings, prepared }: Pick<Material, 'holdings' | 'prepared'>,
  { touched, first }: TileBlocks,
): BlockLeaves[] =>
  touched.map(({ number }, i) => ({
    before: holdings.weightLeaves.get(number),
    curvature: holdings.curvatureLeaves.get(number),
    after: prepared.leaves.get(first + i),
  }));
