// The openings and proofs that a bundle must have, as the verifier derives them himself: nothing of it is taken from the bundle but its tile size
// and whether it keeps commitments. Cheap things come first: the bytes of all proofs, hashing, then the rows of every shape.
import type { Bundle, BundleBody } from '../bundle/read.ts';
import type { TileSet } from '../circuit/deal.ts';
import type { PublicBlock } from '../circuit/statement.ts';
import { unlearningTiles } from '../circuit/tile.ts';
import { Elements } from '../commitments/elements.ts';
import { buildTree, rootOf } from '../commitments/tree.ts';
import { weightCount } from '../model/index.ts';
import type { Report } from '../report.ts';
import { checkTiles } from './check-tiles.ts';
import { decodeProofs } from './decode-proofs.ts';
import type { Expected } from './expect-bundle.ts';
import { refuse } from './refused.ts';

export interface Registered {
  /** The registered root. */
  readonly root: bigint;
  /** Commitments of the answer from which the bundle keeps some, in the order of its blocks. */
  readonly keptCommitments: () => Promise<readonly bigint[]>;
  /** The registered leaves at positions (ascending), where the provider keeps them. */
  readonly leavesAt: ((positions: readonly number[]) => Promise<bigint[]>) | undefined;
  readonly report: Report;
}

export interface CheckedBundle {
  readonly body: BundleBody;
  readonly sets: readonly TileSet[];
  /** The blocks that are proved, in their order. */
  readonly proved: readonly PublicBlock[];
  /** c_b of all blocks, those that are kept included. */
  readonly commitments: Elements;
}

/** Refuses `bad-coverage`, `bad-opening`, `bad-proof` (of bytes that are no proof), `root-mismatch`, `bad-bundle`. `checkAgainstExpected` comes before. */
export async function checkBundle(
  bundle: Bundle,
  expected: Expected,
  registered: Registered,
): Promise<CheckedBundle> {
  const { plan, blocks, shapes, indices, unchanged } = expected;
  const { header } = bundle;
  const body = bundle.body({ ...expected, tiles: header.tiles });
  await decodeProofs(body);
  registered.report({ phase: 'commitments', done: 0, total: 1 });
  const leaves = await openedLeaves(body, expected, registered);
  const sent = await body.commitments();
  const commitments = Elements.of(blocks.length);
  indices.forEach((index, place) => commitments.set(index, sent.get(place)));
  const kept = unchanged.size > 0 ? await registered.keptCommitments() : [];
  unchanged.forEach((before, index) => commitments.set(index, kept[before]!));
  const { root } = await buildTree(commitments);
  if (root !== header.after) refuse('root-mismatch', 'the commitments do not give the root after');
  const sets = checkTiles(plan.step, shapes, header, unlearningTiles);
  let at = 0;
  const proved = shapes.map((shape, place): PublicBlock => {
    const own = shape.map(() => leaves[at++]!);
    return { shape, leaves: own, commitment: sent.get(place) };
  });
  return { body, sets, proved, commitments };
}

/** The leaves at the live positions, which are those of the registered root. */
async function openedLeaves(
  body: BundleBody,
  { plan, positions }: Expected,
  { root, leavesAt }: Registered,
): Promise<bigint[]> {
  if (leavesAt) return leavesAt(positions);
  const leaves = (await body.leaves()).all();
  const siblings = await body.siblings();
  if (positions.length === 0) return leaves;
  const opened = await rootOf(weightCount(plan.scope), positions, leaves, siblings.all());
  if (opened !== root)
    refuse(
      'root-mismatch',
      'the leaves do not open the registered root: another model, or another curvature',
    );
  return leaves;
}

/** Equal commitments mean equal values under equal salts. */
export function repeated({ commitments }: CheckedBundle): string[] {
  const all = commitments.all();
  const count = all.length - new Set(all).size;
  if (count === 0) return [];
  return [
    `${count} commitments occur twice: the client uses salts again, and shows which blocks are equal`,
  ];
}
