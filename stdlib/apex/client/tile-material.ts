// What a client puts into one tile: the inputs of its circuit, and the leaves that its proof is about.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import type { SentLeaves } from '../bundle/header.ts';
import type { Layout } from '../circuit/layout.ts';
import {
  contextOf,
  tileInputs,
  type BlockLeaves,
  type PublicBlock,
  type Subject,
} from '../circuit/tiles.ts';
import type { TouchedBlock } from '../documents/mask.ts';
import type { Plan } from '../documents/plan.ts';
import { secretBlock, type PreparedBlocks } from './prepare.ts';
import type { Holdings } from './state.ts';

export interface Material {
  readonly plan: Plan;
  readonly subject: Subject;
  readonly layout: Layout;
  readonly holdings: Holdings;
  /** The blocks that were prepared. */
  readonly touched: readonly TouchedBlock[];
  readonly prepared: PreparedBlocks;
}

/** What stands in the places of a tile, by position among the prepared blocks. */
export type Places = readonly (number | undefined)[];

export function materialInputs(material: Material, tile: number, places: Places): InputValues {
  const { plan, subject, layout, touched, holdings, prepared } = material;
  const blocks = places.map((place) =>
    place === undefined ? undefined : secretBlock(touched, place, holdings, prepared),
  );
  return tileInputs(plan.step, layout, contextOf(subject, tile), blocks);
}

/** What is public of the blocks in the places. */
export const materialBlocks = (material: Material, places: Places): (PublicBlock | undefined)[] =>
  places.map((place) =>
    place === undefined
      ? undefined
      : { mask: material.touched[place]!.mask, ...leavesAt(material, place) },
  );

/** What is sent of the blocks in the places, in their order, without the empty ones. */
export const materialLeaves = (material: Material, places: Places): SentLeaves[] =>
  places
    .filter((place) => place !== undefined)
    .map((place) => {
      const { before, after } = leavesAt(material, place);
      return material.plan.keeps === 'tree' ? { after } : { before, after };
    });

const leavesAt = ({ holdings, prepared, touched }: Material, place: number): BlockLeaves => ({
  before: holdings.leaves.get(touched[place]!.number),
  after: prepared.leaves.get(place),
});
