// The positions that a link opens in the two trees, and the leaves there, block by block.
import { siblingCount } from '../commitments/tree.ts';
import type { Plan } from '../documents/plan.ts';
import { blockNumbering, weightCount } from '../model/index.ts';
import type { LinkBlock } from './blocks.ts';
import type { Openings } from './file.ts';
import type { OfColumns } from './statement.ts';

export interface LinkPositions {
  /** S and the linked positions, ascending. */
  readonly old: readonly number[];
  /** The linked positions, ascending. */
  readonly new: readonly number[];
}

/** Blocks ascend. */
export function linkPositions({ scope }: Plan, blocks: readonly LinkBlock[]): LinkPositions {
  const numbering = blockNumbering(scope);
  const of = (entries: (block: LinkBlock) => readonly number[]): number[] =>
    blocks.flatMap((block) => {
      const { first } = numbering.at(block.number);
      return entries(block).map((entry) => first + entry);
    });
  return { old: of(oldEntries), new: of(({ linked }) => linked) };
}

/** How many elements of each kind the file of a link has: none where the provider keeps the leaves. */
export async function openingCounts(
  { scope, keeps }: Plan,
  positions: LinkPositions,
): Promise<Openings<number>> {
  const of = async (at: readonly number[]) =>
    keeps === 'root'
      ? { siblings: await siblingCount(weightCount(scope), at), leaves: at.length }
      : { siblings: 0, leaves: 0 };
  return { old: await of(positions.old), new: await of(positions.new) };
}

/** Opened leaves, in the order of `linkPositions`, as the blocks have them. */
export function leavesByBlock(
  blocks: readonly LinkBlock[],
  leaves: { readonly old: readonly bigint[]; readonly new: readonly bigint[] },
): OfColumns<bigint>[] {
  let [old, own] = [0, 0];
  return blocks.map((block) => {
    const at = new Map(oldEntries(block).map((entry) => [entry, leaves.old[old++]!]));
    return {
      live: block.live.map((entry) => at.get(entry)!),
      linked: block.linked.map((entry) => at.get(entry)!),
      new: block.linked.map(() => leaves.new[own++]!),
    };
  });
}

/** Ascending: none is in both. */
const oldEntries = ({ live, linked }: LinkBlock): number[] =>
  [...live, ...linked].sort((a, b) => a - b);
